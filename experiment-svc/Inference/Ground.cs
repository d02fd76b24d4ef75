namespace Splitrail.ExperimentSvc.Inference;

/// <summary>One reason for a conclusion, as data.</summary>
/// <param name="Kind">What is said.</param>
/// <param name="Metric">Of which metric.</param>
/// <param name="Arm">Of which arm.</param>
/// <param name="Value">What was found; its unit is the kind's.</param>
/// <param name="Limit">What it was held against, in the same unit.</param>
internal sealed record Ground(GroundKind Kind, string? Metric = null, string? Arm = null, double? Value = null, double? Limit = null);

/// <summary>What a ground says; in brackets what value and limit are.</summary>
internal enum GroundKind
{
    /// <summary>The goal's planned test is beyond its boundary (z, boundary).</summary>
    GoalReached,

    /// <summary>It is not (z, boundary).</summary>
    GoalNotReached,

    /// <summary>The goal is worse at any time (anytime-valid bound of the relative change, 0).</summary>
    GoalHarmed,

    /// <summary>A guardrail is worse than its margin at any time (anytime-valid bound of the relative change, margin).</summary>
    GuardrailHarmed,

    /// <summary>A guardrail is not shown to hold its margin, or is worse, so nothing is promoted (bound of the relative change, margin).</summary>
    GuardrailNotHeld,

    /// <summary>The next planned look is not due (users, users needed).</summary>
    LookNotDue,

    /// <summary>Some arm has too few users (users, floor).</summary>
    FewUsers,

    /// <summary>Too short a time (days, floor).</summary>
    FewDays,

    /// <summary>Users do not fit the split (p, alpha).</summary>
    SampleRatioMismatch,

    /// <summary>Too many users met two arms (part, limit).</summary>
    MultiArmUsers,

    /// <summary>Too many events were refused (part, limit).</summary>
    RejectedEvents,

    /// <summary>Sums are too old (milliseconds, limit).</summary>
    StaleSums,

    /// <summary>The experiment has no goal, or nothing was planned for it.</summary>
    NothingPlanned,

    /// <summary>A statistic cannot be computed yet.</summary>
    NotYet,

    /// <summary>The planned users are there and the goal was not reached (users, planned).</summary>
    PlannedUsersReached,

    /// <summary>The planned end is there (milliseconds since the start, planned).</summary>
    HorizonReached,

    /// <summary>How surely a bandit's arm is the best one (chance, its next share).</summary>
    ChanceToBeBest,
}
