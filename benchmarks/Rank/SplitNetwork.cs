using Splitrail.Trainer.Ranker;
using Splitrail.Trainer.Ranker.Onnx;

namespace Splitrail.Benchmarks.Rank;

/// <summary>
/// A network whose first layer is split: the first columns are the same in all rows of a request, so that their part is computed once for it and added to that of each row's own columns. The same scores as the whole
/// network's, when the rows are so.
/// </summary>
/// <param name="network">The network.</param>
/// <param name="common">How many columns are the request's.</param>
/// <param name="rows">Rows of a request; a run holds whole requests.</param>
internal sealed class SplitNetwork(Network network, int common, int rows) : IScorer
{
    private const long End = int.MaxValue;

    public int Width => network.Width;

    public void Score(ReadOnlySpan<float> values, Span<float> logits) => network.Score(values, logits);

    public string AddTo(OnnxGraph graph)
    {
        var first = network.Layers[0];
        var scaled = network.Scaling.AddTo(graph);
        var shared = graph.Add("Slice", scaled, graph.Longs(0, 0), graph.Longs(End, common), graph.Longs(0, 1), graph.Longs(rows, 1));
        var own = graph.Add("Slice", scaled, graph.Longs(common), graph.Longs(End), graph.Longs(1));
        var cut = common * first.Outputs;
        var perRequest = graph.Add("Gemm", shared, graph.Floats(first.Weights[..cut], common, first.Outputs), graph.Floats(first.Bias, first.Outputs));
        var perRow = graph.Add("MatMul", own, graph.Floats(first.Weights[cut..], Width - common, first.Outputs));
        var sum = graph.Add(
            "Add", graph.Add("Reshape", perRow, graph.Longs(-1, rows, first.Outputs)), graph.Add("Reshape", perRequest, graph.Longs(-1, 1, first.Outputs)));
        var tip = graph.Add("Relu", graph.Add("Reshape", sum, graph.Longs(-1, first.Outputs)));
        for (var i = 1; i < network.Layers.Count; i++)
        {
            var layer = network.Layers[i];
            tip = graph.Add("Gemm", tip, graph.Floats(layer.Weights, layer.Inputs, layer.Outputs), graph.Floats(layer.Bias, layer.Outputs));
            if (i < network.Layers.Count - 1)
                tip = graph.Add("Relu", tip);
        }

        return tip;
    }
}
