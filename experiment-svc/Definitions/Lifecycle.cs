using System.Text.Json.Serialization;
using Splitrail.ExperimentSvc.Reasons;

namespace Splitrail.ExperimentSvc.Definitions;

/// <summary>What happened to an experiment, kept by the control plane beside what its owner wrote. Times are Unix milliseconds.</summary>
public sealed record Lifecycle
{
    public ExperimentState State { get; set; }

    /// <summary>Who asked for the review that is going on.</summary>
    public string? AskedBy { get; set; }

    /// <summary>Who approved what is written now; an edit takes it away.</summary>
    public string? ApprovedBy { get; set; }

    /// <summary>An edit of what runs that waits for the approval of a second person.</summary>
    public PendingEdit? Pending { get; set; }

    public long? StartedMs { get; set; }

    public long? EndedMs { get; set; }

    /// <summary>Index into the ramp; null without one, or when it is over.</summary>
    public int? RampStep { get; set; }

    /// <summary>When that step was taken.</summary>
    public long? RampStepMs { get; set; }

    /// <summary>Why the ramp stopped; its owner resumes (pause, resume) or edits.</summary>
    public string? RampHeld { get; set; }

    public ExperimentDecision? Decision { get; set; }

    /// <summary>The last of a bandit's steps that was taken, by its number in the decision log.</summary>
    public long? Reallocation { get; set; }
}

/// <summary>The arm that everybody gets, and why.</summary>
/// <param name="Kind"><c>promoted</c>, <c>rolled_back</c> or (by the machine, which then ends the experiment) <c>inconclusive</c>.</param>
/// <param name="Arm">The arm.</param>
/// <param name="Reason">Why.</param>
/// <param name="AtMs">When.</param>
/// <param name="Sequence">Of the machine's decision in the decision log; null for a person's.</param>
public sealed record ExperimentDecision(string Kind, string Arm, Reason Reason, long AtMs, long? Sequence = null);

/// <param name="Definition">What is to be.</param>
/// <param name="AskedBy">Who asked; somebody else has to approve.</param>
/// <param name="AtMs">When.</param>
/// <param name="Decision">The promotion that waits; null for an edit.</param>
public sealed record PendingEdit(DefinedExperiment Definition, string AskedBy, long AtMs, ExperimentDecision? Decision = null);

/// <summary>An experiment as it is stored.</summary>
/// <param name="Definition">What the owner wrote.</param>
/// <param name="Lifecycle">What became of it.</param>
internal sealed record ExperimentRecord(DefinedExperiment Definition, Lifecycle Lifecycle)
{
    [JsonIgnore]
    public string Id => Definition.Id;

    [JsonIgnore]
    public ExperimentState State => Lifecycle.State;

    [JsonIgnore]
    public bool IsRunning => State == ExperimentState.Running;

    /// <summary>Its part of the layer's users now, 0..1: the ramp's while there is one.</summary>
    [JsonIgnore]
    public double TrafficNow => Lifecycle.RampStep is { } step && step < Definition.Ramp.Count ? Definition.Ramp[step].Traffic : Definition.Traffic;

    /// <summary>What it will have in the end: so much is kept free for it.</summary>
    [JsonIgnore]
    public double TrafficReserved => Lifecycle.RampStep is not null && Definition.Ramp.Count > 0 ? Math.Max(TrafficNow, Definition.Ramp[^1].Traffic) : Definition.Traffic;

    public ExperimentRecord With(ExperimentState state) => this with { Lifecycle = Lifecycle with { State = state } };
}
