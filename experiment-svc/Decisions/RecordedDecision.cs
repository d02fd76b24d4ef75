namespace Splitrail.ExperimentSvc.Decisions;

/// <param name="Entry">As it is in the log.</param>
/// <param name="Hash">Of the entry.</param>
/// <param name="Action">What became of it.</param>
internal sealed record RecordedDecision(DecisionEntry Entry, string Hash, DecisionAction Action);

/// <param name="Sequence">In the log.</param>
/// <param name="Experiment">Which.</param>
/// <param name="Kind">One of <see cref="DecisionKinds"/>.</param>
/// <param name="Arm">Who is promoted, or does harm.</param>
/// <param name="Version">Of the experiment that was decided on.</param>
/// <param name="State">One of <see cref="DecisionState"/>.</param>
/// <param name="StateMs">Since when, Unix milliseconds.</param>
/// <param name="Note">Why it was not carried out.</param>
internal sealed record DecisionAction(long Sequence, string Experiment, string Kind, string? Arm, long Version, string State, long StateMs, string? Note);
