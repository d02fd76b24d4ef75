namespace Splitrail.ExperimentSvc.Inference;

/// <summary>A planned look that was taken: some of alpha is spent, whatever came of it.</summary>
/// <param name="Planned">How many of the plan's looks were due by then: the next one is the one after.</param>
/// <param name="AtMs">When.</param>
/// <param name="Users">Of all arms.</param>
/// <param name="Information">By arm, in parts of the planned; 0 for the control.</param>
/// <param name="IsFinal">At the planned users or the horizon: nothing is left to spend.</param>
internal sealed record PastLook(int Planned, long AtMs, long Users, IReadOnlyList<double> Information, bool IsFinal);
