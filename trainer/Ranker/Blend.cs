using System.Numerics.Tensors;
using Splitrail.Trainer.Ranker.Onnx;

namespace Splitrail.Trainer.Ranker;

/// <summary>Log-odds of two scorers, weighed: networks and trees err differently, so together they order better than either.</summary>
/// <param name="First">Weighs 1 - <paramref name="Weight"/>.</param>
/// <param name="Second">Weighs <paramref name="Weight"/>.</param>
/// <param name="Weight">0..1.</param>
internal sealed record Blend(IScorer First, IScorer Second, float Weight) : IScorer
{
    public int Width => First.Width;

    public void Score(ReadOnlySpan<float> rows, Span<float> logits)
    {
        var second = new float[logits.Length];
        First.Score(rows, logits);
        Second.Score(rows, second);
        TensorPrimitives.Multiply(logits, 1 - Weight, logits);
        TensorPrimitives.MultiplyAdd(second, Weight, logits, logits);
    }

    public string AddTo(OnnxGraph graph) => graph.Add(
        "Add",
        graph.Add("Mul", First.AddTo(graph), graph.Floats([1 - Weight])),
        graph.Add("Mul", Second.AddTo(graph), graph.Floats([Weight])));
}
