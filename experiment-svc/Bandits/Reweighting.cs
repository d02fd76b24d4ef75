using Splitrail.ExperimentSvc.Inference;
using Splitrail.ExperimentSvc.Statistics;

namespace Splitrail.ExperimentSvc.Bandits;

/// <summary>
/// Estimates from data whose split followed the data. Pooled means are wrong there twice: arms have their users at different times, and an arm that looked bad by chance is left with few users who
/// could correct it.
/// </summary>
internal static class Reweighting
{
    /// <summary>
    /// Each arm's value for all users of the experiment: epochs weighted by ALL their users, that is each user by one over his arm's share (Horvitz and Thompson, JASA 1952). Only epochs in
    /// which every arm has two users or more: the same ones for all arms, or the time would look like an effect.
    /// </summary>
    public static Finding<ArmValues> Estimates(MetricInput metric)
    {
        var (arms, total) = (metric.Cells.Count, 0.0);
        var (values, variances, units) = (new double[arms], new double[arms], new long[arms]);
        for (var epoch = 0; epoch < metric.Cells[0].Count; epoch++)
        {
            var cells = metric.Cells.Select(arm => Comparison.Estimate(metric, arm[epoch])).ToArray();
            if (!Array.TrueForAll(cells, static cell => cell.IsKnown))
                continue;
            var weight = (double)cells.Sum(static cell => cell.Value.Units);
            total += weight;
            var ofAll = cells.Sum(static cell => cell.Value.ErrorVariance * cell.Value.Units * cell.Value.Units) / weight;
            for (var arm = 0; arm < arms; arm++)
            {
                units[arm] += cells[arm].Value.Units;
                values[arm] += weight * cells[arm].Value.Value;
                // A few users who all do the same know no variance of their own; the other arms' do, or an arm that never earns anything would be thought certain, or never be judged.
                variances[arm] += weight * weight * (cells[arm].Value.ErrorVariance > 0 ? cells[arm].Value.ErrorVariance : ofAll / cells[arm].Value.Units);
            }
        }

        if (total == 0)
            return NotYet.TooFew;
        return Array.Exists(variances, static variance => variance <= 0)
            ? NotYet.NoVariance
            : new ArmValues([.. Enumerable.Range(0, arms).Select(arm => ArmEstimate.Of(units[arm], values[arm] / total, variances[arm] / total / total * units[arm]).Value)]);
    }

    /// <summary>
    /// One arm against another with epochs weighted so that each adds as much to the variance: whatever the splits were made by, the sum over its standard error is then normal (Hadad, Hirshberg,
    /// Zhan, Wager and Athey, Confidence intervals for policy evaluation in adaptive experiments, PNAS 2021). A unit's variance is that of both arms: the few users of a starved arm would make
    /// their own variance small whenever their mean is, and weigh the most then.
    /// </summary>
    public static Finding<Effect> Difference(MetricInput metric, int arm, int control)
    {
        var (sum, weights, freedom, epochs) = (0.0, 0.0, 0.0, 0);
        for (var epoch = 0; epoch < metric.Cells[arm].Count; epoch++)
        {
            var (one, other) = (Comparison.Estimate(metric, metric.Cells[arm][epoch]), Comparison.Estimate(metric, metric.Cells[control][epoch]));
            if (!one.Then(treatment => other.Then(rest => new ArmPair(treatment, rest).Pooled().Absolute())).TryGet(out var effect))
                continue;
            sum += effect.Value / effect.StandardError;
            weights += 1 / effect.StandardError;
            freedom += effect.Freedom;
            epochs++;
        }

        return epochs == 0 ? NotYet.TooFew : new Effect(sum / weights, Math.Sqrt(epochs) / weights, freedom);
    }
}

/// <summary>By arm.</summary>
internal readonly record struct ArmValues(IReadOnlyList<ArmEstimate> Arms);
