using Splitrail.Contracts;

namespace Splitrail.Experiments;

/// <summary>An arm as the hot path meets it; made once per snapshot.</summary>
/// <param name="Experiment">The experiment.</param>
/// <param name="Epoch">Of the split.</param>
/// <param name="Arm">The arm.</param>
/// <param name="Probability">Of this arm within the experiment, 0..1.</param>
/// <param name="Parameters">What the arm changes.</param>
/// <param name="Unit">Of the layer: one of <see cref="UnitKinds"/>, null for the default.</param>
/// <param name="IsForced">By an override: served, not counted.</param>
/// <param name="Teams">The two arms of an interleaved experiment, the control first: their lists are drafted into one. Null for all others.</param>
public sealed record AssignedArm(
    string Experiment, int Epoch, string Arm, double Probability, ArmParameters Parameters, string? Unit = null, bool IsForced = false, IReadOnlyList<ExperimentArm>? Teams = null);
