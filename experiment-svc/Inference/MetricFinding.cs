using Splitrail.ExperimentSvc.Statistics;

namespace Splitrail.ExperimentSvc.Inference;

/// <summary>One metric of one arm against the control, over all epochs. Numbers are in the metric's own direction: up is up also where down is better.</summary>
/// <param name="Metric">Its name.</param>
/// <param name="Arm">The treatment.</param>
/// <param name="Users">Of the treatment in epochs that can be compared.</param>
/// <param name="ControlUsers">Of the control.</param>
/// <param name="NotYet">Why there are no numbers yet; then they are null.</param>
/// <param name="Value">The arm's, weighted over epochs as the comparison is.</param>
/// <param name="ControlValue">The control's.</param>
/// <param name="Difference">Treatment - control with a fixed 95 % interval (of the plan's alpha), right when looked at once.</param>
/// <param name="Lift">The same relative to the control; null when that is 0.</param>
/// <param name="Anytime">Of the relative change, valid however often it is looked at; null like the lift.</param>
/// <param name="PValue">Two-sided, right when looked at once.</param>
/// <param name="AdjustedPValue">Holm's among goals and all arms; Benjamini and Hochberg's among the other metrics.</param>
/// <param name="Z">What planned looks hold against their boundary: positive is better.</param>
/// <param name="Boundary">Of the planned look taken now, or of the last one; null for metrics that promote nothing or before the first look.</param>
/// <param name="ChanceToWin">Posterior chance that the arm is better, with a flat prior; a view.</param>
/// <param name="ExpectedLoss">What choosing the arm costs on average, in the metric's unit; a view.</param>
internal sealed record MetricFinding(
    string Metric,
    string Arm,
    long Users,
    long ControlUsers,
    NotYet? NotYet,
    double? Value,
    double? ControlValue,
    Bounded? Difference,
    Bounded? Lift,
    Bounded? Anytime,
    double? PValue,
    double? AdjustedPValue,
    double? Z,
    double? Boundary,
    double? ChanceToWin,
    double? ExpectedLoss);

/// <summary>An estimate with its interval; an end that is not bounded is null.</summary>
internal sealed record Bounded(double Value, double? Low, double? High);
