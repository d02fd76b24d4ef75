namespace Splitrail.Trainer.Ranker;

/// <summary>How much is learnt from.</summary>
/// <param name="Ranker">The network.</param>
internal sealed record RankerTrainingOptions(RankerOptions Ranker)
{
    /// <summary>Known users of each cut-off at most.</summary>
    public int UsersPerCutoff { get; init; } = 2500;

    /// <summary>Guest sessions of each cut-off at most.</summary>
    public int GuestsPerCutoff { get; init; } = 1500;

    /// <summary>Candidates of a context: as many as a request asks for.</summary>
    public int Candidates { get; init; } = 250;
}
