using Splitrail.ExperimentSvc.Inference;

namespace Splitrail.ExperimentSvc.Decisions;

/// <summary>What an entry of the decision log is, as the API and the log write it.</summary>
internal static class DecisionKinds
{
    /// <summary>A planned look that decided nothing: it has spent some of alpha.</summary>
    public const string Look = "look";

    public const string Promote = "promote";
    public const string RollBack = "roll_back";
    public const string Inconclusive = "inconclusive";

    /// <summary>A bandit's next split.</summary>
    public const string Reallocate = "reallocate";

    /// <summary>Null when there is nothing to record.</summary>
    public static string? Of(Conclusion conclusion) => conclusion.Verdict switch
    {
        Verdict.Promote => Promote,
        Verdict.RollBack => RollBack,
        Verdict.Inconclusive => Inconclusive,
        Verdict.Reallocate => Reallocate,
        _ => conclusion.Look is null ? null : Look,
    };
}
