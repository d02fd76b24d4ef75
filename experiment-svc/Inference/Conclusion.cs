namespace Splitrail.ExperimentSvc.Inference;

/// <summary>What to do.</summary>
internal enum Verdict
{
    KeepGoing,
    Promote,
    RollBack,
    Inconclusive,

    /// <summary>A bandit's split takes a step.</summary>
    Reallocate,
}

/// <param name="Verdict">What to do.</param>
/// <param name="Arm">Whom to promote, or who does harm; null otherwise.</param>
/// <param name="Grounds">Why, or what it waits for; never empty.</param>
/// <param name="Look">The planned look that was taken now and must be among the looks of the next input; null when none was due.</param>
internal sealed record Conclusion(Verdict Verdict, string? Arm, IReadOnlyList<Ground> Grounds, PastLook? Look);
