using Splitrail.Trainer.Ranker.Onnx;

namespace Splitrail.Trainer.Ranker;

/// <summary>Gives candidates log-odds: a network, trees, or a blend of both. Thread-safe.</summary>
internal interface IScorer
{
    /// <summary>Features in a row.</summary>
    int Width { get; }

    /// <param name="rows">Row-major, [logits.Length, Width].</param>
    /// <param name="logits">[rows].</param>
    void Score(ReadOnlySpan<float> rows, Span<float> logits);

    /// <summary>Adds itself to a graph; answers the name of its logits, [rows, 1].</summary>
    string AddTo(OnnxGraph graph);
}
