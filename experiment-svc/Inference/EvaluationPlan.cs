namespace Splitrail.ExperimentSvc.Inference;

/// <summary>What was agreed before an experiment began; its defaults are the design's.</summary>
internal sealed record EvaluationPlan
{
    /// <summary>Of promoting an arm that changes nothing or of overlooking the direction: both sides, all arms and goals together.</summary>
    public double Alpha { get; init; } = 0.05;

    /// <summary>Of ever rolling back although nothing is worse: all arms, goals and guardrails together.</summary>
    public double HarmAlpha { get; init; } = 0.025;

    /// <summary>Of finding the minimum effect with the planned users.</summary>
    public double Power { get; init; } = 0.8;

    /// <summary>Users of all arms together at which information is 1; 0 when nothing was planned, and then nothing is promoted.</summary>
    public long PlannedUsers { get; init; }

    /// <summary>Planned looks as parts of the planned users, ascending, the last being 1.</summary>
    public IReadOnlyList<double> Looks { get; init; } = DefaultLooks;

    /// <summary>How alpha is spent over the looks: one of <see cref="BoundaryFamilies"/>.</summary>
    public string Boundary { get; init; } = BoundaryFamilies.OBrienFleming;

    /// <summary>Nothing is promoted with fewer users in some arm.</summary>
    public long FloorUsersPerArm { get; init; } = 10_000;

    /// <summary>Nothing is promoted before so many times 24 hours.</summary>
    public int FloorDays { get; init; } = 7;

    /// <summary>Unix milliseconds of the planned end; null without one.</summary>
    public long? HorizonMs { get; init; }

    /// <summary>Users of all arms at the planned end; the end is the later of both.</summary>
    public long? HorizonUsers { get; init; }

    /// <summary>Of ever reporting a sample ratio mismatch although users fit the split.</summary>
    public double SampleRatioAlpha { get; init; } = 0.001;

    /// <summary>Above this part of users who met two arms nothing is promoted.</summary>
    public double MultiArmLimit { get; init; } = 0.01;

    /// <summary>Above this part of refused events nothing is promoted.</summary>
    public double RejectedLimit { get; init; } = 0.01;

    /// <summary>With older sums nothing is promoted.</summary>
    public long LagLimitMs { get; init; } = 600_000;

    /// <summary>
    /// Arms times goals at some planned look before, where that is more than now; null otherwise. What was taken out has had its part of alpha: were it given to those that are left,
    /// whoever takes out the losers would promote the best of many as if it were the only one.
    /// </summary>
    public int? Comparisons { get; init; }

    /// <summary>
    /// True when the end was moved so far forward after the first planned look that it is there already; null otherwise. The last look spends then what its information allows and not all that
    /// is left: who moved the end may have chosen the moment by the results.
    /// </summary>
    public bool? IsCutShort { get; init; }

    public static IReadOnlyList<double> DefaultLooks { get; } = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];
}

/// <summary>Names of <see cref="EvaluationPlan.Boundary"/>.</summary>
internal static class BoundaryFamilies
{
    public const string OBrienFleming = "obrien_fleming";
    public const string Pocock = "pocock";

    public static IReadOnlyList<string> All { get; } = [OBrienFleming, Pocock];
}
