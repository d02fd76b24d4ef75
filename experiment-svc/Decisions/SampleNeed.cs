using Splitrail.ExperimentSvc.Aggregates;
using Splitrail.ExperimentSvc.Inference;
using Splitrail.ExperimentSvc.Statistics;

namespace Splitrail.ExperimentSvc.Decisions;

/// <summary>
/// Users that find the goals' minimum effects, by value and variance of the control so far: effects are not looked at, so this may be done again until the first planned look (an
/// internal pilot: Wittes and Brittain, The role of internal pilot studies in increasing the efficiency of clinical trials, Statistics in Medicine 1990).
/// </summary>
internal static class SampleNeed
{
    /// <summary>Of the control, before its variance is worth a plan.</summary>
    private const long FewestUsers = 1000;

    /// <returns>Users of all arms; null when no goal has a minimum effect, or too little is known.</returns>
    public static long? Of(EvaluationPlan plan, EvaluationFacts facts)
    {
        var goals = facts.Metrics.Where(static metric => metric.Shape is { Role: MetricRole.Goal, MinimumEffect: > 0 }).ToArray();
        var control = facts.Arms.ToList().FindIndex(static arm => arm.IsControl);
        if (facts.Epochs.Count == 0)
            return null;
        var (shares, total) = (facts.Epochs[^1].Shares, facts.Epochs[^1].Shares.Sum());
        var treatments = Enumerable.Range(0, facts.Arms.Count).Where(arm => arm != control && shares[arm] > 0).ToArray();
        if (goals.Length == 0 || treatments.Length == 0 || shares[control] <= 0)
            return null;
        var test = plan.Alpha / (goals.Length * treatments.Length);
        double? needed = null;
        foreach (var goal in goals)
        {
            if (Deviations(goal, control) is not { } effect)
                return null;
            foreach (var arm in treatments)
            {
                var units = new Power(test, shares[control] / shares[arm]).UnitsFor(effect, plan.Power) * total / shares[arm];
                needed = Math.Max(needed ?? 0, units);
            }
        }

        return (long)Math.Ceiling(needed!.Value);
    }

    /// <summary>The minimum effect in standard deviations of the control; null when it is not known well, or too small for any size.</summary>
    private static double? Deviations(MetricFacts goal, int control)
    {
        var sums = goal.Sums[control].Select(ExactSums.Parse).Aggregate(static (one, other) => one + other);
        var cell = sums.ToCell(goal.Shape.Kind, goal.Shape.HasCovariate);
        var estimate = goal.Shape.Kind == MetricKind.Ratio ? RatioMetric.Estimate(cell.Pair) : cell.Sums.MeanEstimate();
        if (sums.Units < FewestUsers || goal.Shape.Kind == MetricKind.Quantile || !estimate.TryGet(out var value) || !(value.ErrorVariance > 0) || value.Value <= 0)
            return null;
        var effect = goal.Shape.MinimumEffect!.Value * value.Value / Math.Sqrt(value.ErrorVariance * value.Units);
        return effect > 1e-5 ? effect : null;
    }
}
