using Splitrail.RankingSvc.Onnx;

namespace Splitrail.RankingSvc.Batching;

/// <summary>What a <see cref="RunQueue"/> runs: a model, or a stand-in whose runs a test can hold.</summary>
internal interface IRunTarget
{
    ScoringBuffer CreateBuffer(int rows);

    void Run(ScoringBuffer buffer, int rows);

    /// <summary>Keeps it alive until <see cref="Leave"/>.</summary>
    bool TryEnter();

    void Leave();
}
