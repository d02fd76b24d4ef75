using System.Numerics.Tensors;
using Splitrail.Trainer.Ranker.Onnx;

namespace Splitrail.Trainer.Ranker;

/// <summary>A feed-forward network: scaling, layers with ReLU between them. With a single layer it is logistic regression.</summary>
/// <param name="Scaling">Of the features.</param>
/// <param name="Layers">The last has one output.</param>
internal sealed record Network(FeatureScaling Scaling, IReadOnlyList<DenseLayer> Layers) : IScorer
{
    public int Width => Scaling.Width;

    public void Score(ReadOnlySpan<float> rows, Span<float> logits)
    {
        var widest = Math.Max(Width, Layers.Max(static layer => layer.Outputs));
        Span<float> input = new float[widest], output = new float[widest];
        for (var row = 0; row < logits.Length; row++)
        {
            Scaling.Apply(rows.Slice(row * Width, Width), input[..Width]);
            logits[row] = Forward(input, output);
        }
    }

    public string AddTo(OnnxGraph graph)
    {
        var tip = Scaling.AddTo(graph);
        for (var i = 0; i < Layers.Count; i++)
        {
            var layer = Layers[i];
            tip = graph.Add("Gemm", tip, graph.Floats(layer.Weights, layer.Inputs, layer.Outputs), graph.Floats(layer.Bias, layer.Outputs));
            if (i < Layers.Count - 1)
                tip = graph.Add("Relu", tip);
        }

        return tip;
    }

    private float Forward(Span<float> input, Span<float> output)
    {
        for (var i = 0; i < Layers.Count; i++)
        {
            var layer = Layers[i];
            var result = output[..layer.Outputs];
            layer.Forward(input[..layer.Inputs], result);
            if (i < Layers.Count - 1)
                TensorPrimitives.Max(result, 0f, result);
            var swap = input;
            input = output;
            output = swap;
        }

        return input[0];
    }
}
