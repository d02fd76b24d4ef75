using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Decisions;
using Splitrail.ExperimentSvc.Reasons;

namespace Splitrail.ExperimentSvc.Definitions;

/// <summary>
/// What the owner writes of an experiment. Set, not init: generated JSON code hands init-only members their type's default when they are left out,
/// and ours would be lost.
/// </summary>
public record DefinedExperiment
{
    public string Id { get; set; } = "";

    /// <summary>Experiments in one layer share no user.</summary>
    public string Layer { get; set; } = "";

    /// <summary>One of <see cref="ExperimentTypes"/>; null is <see cref="ExperimentTypes.Test"/>.</summary>
    public string? Type { get; set; }

    /// <summary>How far a bandit may go; null is as usual.</summary>
    public PlannedBandit? Bandit { get; set; }

    /// <summary>What it is meant to show, in a sentence.</summary>
    public string Hypothesis { get; set; } = "";

    /// <summary>Who answers for it; whoever creates it when left out.</summary>
    public string Owner { get; set; } = "";

    /// <summary>Its part of the layer's users, 0..1, when there is no ramp.</summary>
    public double Traffic { get; set; } = 1;

    /// <summary>All of the rules must hold, or the unit is not in the experiment; none is everybody.</summary>
    public IReadOnlyList<AudienceRule> Audience { get; set; } = [];

    /// <summary>Units that get an arm by name and are not counted.</summary>
    public IReadOnlyList<DefinedOverride> Overrides { get; set; } = [];

    public IReadOnlyList<DefinedArm> Arms { get; set; } = [];

    public IReadOnlyList<DefinedMetric> Metrics { get; set; } = [];

    /// <summary>How long it is planned to run; null when nobody has said.</summary>
    public PlannedHorizon? Horizon { get; set; }

    public PlannedSchedule? Schedule { get; set; }

    /// <summary>What the machine may decide, and when; null is <see cref="DecisionModes.Recommend"/> with the usual plan.</summary>
    public PlannedDecisions? Decisions { get; set; }

    /// <summary>Steps of traffic after the start, the smallest first; none starts at <see cref="Traffic"/>.</summary>
    public IReadOnlyList<RampStep> Ramp { get; set; } = [];
}

public sealed record DefinedArm
{
    public string Id { get; set; } = "";

    public bool Control { get; set; }

    /// <summary>Its part of the experiment's users, 0..1.</summary>
    public double Share { get; set; }

    public ArmParameters Parameters { get; set; } = new();
}

/// <summary>A unit that somebody put into an arm by hand.</summary>
public sealed record DefinedOverride
{
    public string Unit { get; set; } = "";

    public string Arm { get; set; } = "";

    public Reason? Reason { get; set; }
}

/// <summary>What an experiment is judged by.</summary>
public sealed record DefinedMetric
{
    public string Name { get; set; } = "";

    /// <summary>One of <see cref="MetricRoles"/>.</summary>
    public string Role { get; set; } = "";

    /// <summary>The control's expected rate, above 0 and below 1; null when it is no rate, or unknown.</summary>
    public double? Baseline { get; set; }

    /// <summary>The smallest change worth finding, relative to the baseline: 0.05 is 5 %.</summary>
    public double? MinimumEffect { get; set; }

    /// <summary>Of a guardrail: how much worse it may be, relative: 0.02 is 2 %; null is not at all.</summary>
    public double? Margin { get; set; }

    /// <summary>Of a mean: a person's value above it counts as this much (winsorising); null for no cap. Set before the start: one that is chosen by what came would favour an arm.</summary>
    public double? Cap { get; set; }

    /// <summary>Of an attributed metric: how long after a click a purchase or cart is attributed to it; 24 when null.</summary>
    public double? WindowHours { get; set; }
}

/// <summary>How the machine decides; what is left out is as usual (<see cref="Inference.EvaluationPlan"/>).</summary>
public sealed record PlannedDecisions
{
    /// <summary>One of <see cref="DecisionModes"/>.</summary>
    public string Mode { get; set; } = DecisionModes.Recommend;

    /// <summary>Of promoting an arm that changes nothing.</summary>
    public double? Alpha { get; set; }

    /// <summary>How many planned looks, evenly over the planned users.</summary>
    public int? Looks { get; set; }

    /// <summary>One of <see cref="Inference.BoundaryFamilies"/>.</summary>
    public string? Boundary { get; set; }

    /// <summary>Nothing is promoted with fewer users in some arm.</summary>
    public long? FloorUsersPerArm { get; set; }

    /// <summary>Nothing is promoted before so many whole days.</summary>
    public int? FloorDays { get; set; }
}

/// <summary>How a bandit deals out users; what is left out is as usual.</summary>
public sealed record PlannedBandit
{
    /// <summary>Smallest share of an arm.</summary>
    public double? Least { get; set; }

    /// <summary>Largest change of a share at once.</summary>
    public double? Step { get; set; }

    /// <summary>Between two changes, at least.</summary>
    public double? Hours { get; set; }

    /// <summary>Finds out sooner which arm is best, and earns a little less meanwhile.</summary>
    public bool? TopTwo { get; set; }
}

/// <summary>Planned length: days, units, or both (whichever is reached last).</summary>
public sealed record PlannedHorizon
{
    public double? Days { get; set; }

    public long? Units { get; set; }
}

/// <summary>When the control plane starts and ends it by itself.</summary>
public sealed record PlannedSchedule
{
    public DateTimeOffset? Start { get; set; }

    public DateTimeOffset? End { get; set; }
}

/// <summary>One step of a ramp.</summary>
public sealed record RampStep
{
    /// <summary>Part of the layer's users, 0..1.</summary>
    public double Traffic { get; set; }

    /// <summary>The next step is taken no sooner than so many hours after this one.</summary>
    public double HoldHours { get; set; }

    /// <summary>What has to agree before the next step: any of <see cref="Schedules.RampGates"/>.</summary>
    public IReadOnlyList<string> Gates { get; set; } = Schedules.RampGates.All;
}

internal static class MetricRoles
{
    public const string Goal = "goal";
    public const string Secondary = "secondary";
    public const string Guardrail = "guardrail";

    public static IReadOnlyList<string> All { get; } = [Goal, Secondary, Guardrail];
}
