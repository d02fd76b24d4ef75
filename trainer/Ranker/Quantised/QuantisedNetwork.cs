using Splitrail.Trainer.Ranker.Onnx;

namespace Splitrail.Trainer.Ranker.Quantised;

/// <summary>
/// A network whose hidden layers multiply bytes. The last layer, one product per row, stays as it is: its cost is nothing and its rounding would be all of
/// the score's. Activations are quantised with one scale over all rows of a run, so a score depends a little on who else is in the run.
/// </summary>
/// <param name="Scaling">Of the features.</param>
/// <param name="Hidden">Each followed by a ReLU.</param>
/// <param name="Last">One output.</param>
internal sealed record QuantisedNetwork(FeatureScaling Scaling, IReadOnlyList<QuantisedLayer> Hidden, DenseLayer Last) : IScorer
{
    public int Width => Scaling.Width;

    /// <summary>Null when there is no hidden layer of a network in it.</summary>
    public static IScorer? Of(IScorer scorer, QuantisationOptions options) => scorer switch
    {
        Network { Layers.Count: > 1 } network => new QuantisedNetwork(
            network.Scaling, [.. network.Layers.SkipLast(1).Select(layer => QuantisedLayer.Of(layer, options))], network.Layers[^1]),
        Blend blend when Of(blend.First, options) is { } first => blend with { First = first },
        _ => null,
    };

    public void Score(ReadOnlySpan<float> rows, Span<float> logits)
    {
        var values = new float[rows.Length];
        for (var row = 0; row < logits.Length; row++)
            Scaling.Apply(rows.Slice(row * Width, Width), values.AsSpan(row * Width, Width));
        foreach (var layer in Hidden)
        {
            var next = new float[logits.Length * layer.Outputs];
            layer.Forward(values, next);
            values = next;
        }

        for (var row = 0; row < logits.Length; row++)
            Last.Forward(values.AsSpan(row * Last.Inputs, Last.Inputs), logits.Slice(row, 1));
    }

    public string AddTo(OnnxGraph graph)
    {
        var tip = Scaling.AddTo(graph);
        foreach (var layer in Hidden)
        {
            var input = graph.AddSeveral("DynamicQuantizeLinear", 3, tip);
            var sums = graph.Add("MatMulInteger", input[0], graph.Bytes(layer.Weights, layer.Inputs, layer.Outputs), input[2]);
            var scale = graph.Add("Mul", input[1], graph.Floats(layer.Scales, layer.Scales.Length));
            var product = graph.Add("Mul", graph.Add("Cast", ("to", OnnxGraph.FloatType), sums), scale);
            tip = graph.Add("Relu", graph.Add("Add", product, graph.Floats(layer.Bias, layer.Outputs)));
        }

        return graph.Add("Gemm", tip, graph.Floats(Last.Weights, Last.Inputs, 1), graph.Floats(Last.Bias, 1));
    }
}
