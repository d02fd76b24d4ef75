using Splitrail.ExperimentSvc.Inference;
using Splitrail.ExperimentSvc.Statistics;

namespace Splitrail.ExperimentSvc.Bandits;

/// <summary>
/// The next split of a bandit: each arm gets users as often as it is the best one under the posterior (Thompson, On the likelihood that one unknown probability exceeds another,
/// Biometrika 1933; Chapelle and Li, An Empirical Evaluation of Thompson Sampling, NIPS 2011). The chances are integrated and not sampled, so that a step can be recomputed; they are
/// what a log of decisions must keep for later reweighting.
/// </summary>
/// <param name="Shares">Summing to 1.</param>
/// <param name="ChanceToBeBest">Before limits; equal shares while some arm has no estimate.</param>
/// <param name="Values">Each arm's reweighted estimate; null while there is none.</param>
internal sealed record ThompsonStep(IReadOnlyList<double> Shares, IReadOnlyList<double> ChanceToBeBest, IReadOnlyList<ArmEstimate>? Values)
{
    /// <param name="metric">Its cells are by arm and epoch; every change of the split began an epoch.</param>
    /// <param name="shares">The present split, summing to 1.</param>
    /// <param name="limits">How far to go.</param>
    public static ThompsonStep Next(MetricInput metric, IReadOnlyList<double> shares, BanditLimits limits)
    {
        limits.Check(shares.Count);
        if (!Reweighting.Estimates(metric).TryGet(out var estimates))
            return new ThompsonStep(ShareLimits.Nearest([.. shares.Select(_ => 1.0 / shares.Count)], shares, limits), [.. shares.Select(_ => 1.0 / shares.Count)], null);
        var sign = metric.Direction == MetricDirection.Up ? 1 : -1;
        var best = NormalPosterior.ChanceToBeBest([.. estimates.Arms.Select(arm => new NormalPosterior(sign * arm.Value, Math.Sqrt(arm.ErrorVariance)))]);
        var wanted = limits.IsTopTwo ? BetaBinomial.TopTwo(best) : best;
        return new ThompsonStep(ShareLimits.Nearest(wanted, shares, limits), best, estimates.Arms);
    }
}
