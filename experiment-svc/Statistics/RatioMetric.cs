namespace Splitrail.ExperimentSvc.Statistics;

/// <summary>
/// A ratio of sums whose users, not its denominators, are randomised, such as clicks / impressions; the variance by the delta method
/// (Deng, Knoblich and Lu, Applying the Delta Method in Metric Analytics, KDD 2018).
/// </summary>
internal static class RatioMetric
{
    /// <param name="sums">First the numerator per unit, second the denominator.</param>
    public static Finding<ArmEstimate> Estimate(PairSums sums)
    {
        if (sums.Units < 2)
            return sums.Units == 1 ? NotYet.OneUser : NotYet.NoUsers;
        var (mean, per) = (sums.First.Mean, sums.Second.Mean);
        if (per == 0)
            return NotYet.NoDenominator;
        var ratio = mean / per;
        var variance = (sums.First.Variance + (ratio * ratio * sums.Second.Variance) - (2 * ratio * sums.Covariance)) / (per * per);
        return ArmEstimate.Of(sums.Units, ratio, Math.Max(0, variance));
    }
}
