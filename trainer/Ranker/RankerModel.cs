using System.Numerics.Tensors;
using Splitrail.Trainer.Ranker.Onnx;

namespace Splitrail.Trainer.Ranker;

/// <summary>
/// A feed-forward network: scaling, layers with ReLU between them, a sigmoid at the end. With a single layer it is logistic regression.
/// This scorer serves training and evaluation; the service runs the same network in ONNX Runtime.
/// </summary>
/// <param name="Scaling">Of the features.</param>
/// <param name="Layers">The last has one output.</param>
/// <param name="Strangers">Takes the network's place where nothing is known of the shopper; null leaves it to the network.</param>
internal sealed record RankerModel(FeatureScaling Scaling, IReadOnlyList<DenseLayer> Layers, StrangerRule? Strangers = null)
{
    /// <summary>Probability of a positive interaction for each row.</summary>
    /// <param name="rows">Row-major, [rows, Scaling.Width].</param>
    /// <param name="scores">[rows].</param>
    public void Score(ReadOnlySpan<float> rows, Span<float> scores)
    {
        var width = Scaling.Width;
        if (rows.Length != scores.Length * width)
            throw new ArgumentException($"{scores.Length} scores need {scores.Length * width} features, not {rows.Length}.", nameof(rows));
        var widest = Math.Max(width, Layers.Max(layer => layer.Outputs));
        Span<float> input = new float[widest], output = new float[widest];
        for (var row = 0; row < scores.Length; row++)
        {
            var features = rows.Slice(row * width, width);
            if (Strangers?.AppliesTo(features) == true)
            {
                scores[row] = Sigmoid(Strangers.Logit(features));
                continue;
            }

            Scaling.Apply(features, input[..width]);
            scores[row] = Sigmoid(Forward(input, output));
        }
    }

    /// <summary>Writes the model as ONNX; the metadata name the feature set it was trained on.</summary>
    public byte[] ToOnnx(IReadOnlyDictionary<string, string> metadata) => OnnxWriter.Write(this, metadata);

    internal static float Sigmoid(float logit) => (float)(1 / (1 + Math.Exp(-logit)));

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
