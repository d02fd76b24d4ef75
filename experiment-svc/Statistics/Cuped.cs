namespace Splitrail.ExperimentSvc.Statistics;

/// <summary>
/// Outcomes adjusted by the same number from before the exposure, which takes a part of ρ² off the variance (Deng, Xu, Kohavi and Walker, Improving the
/// Sensitivity of Online Controlled Experiments by Utilizing Pre-Experiment Data, WSDM 2013).
/// </summary>
internal static class Cuped
{
    /// <summary>The slope of outcome on covariate over all arms together: one slope, so that it favours none.</summary>
    /// <param name="arms">First the outcome per unit, second the covariate.</param>
    /// <returns>0 where the covariate does not vary: nothing is adjusted.</returns>
    public static double Slope(params ReadOnlySpan<PairSums> arms)
    {
        var all = default(PairSums);
        foreach (var arm in arms)
            all += arm;
        return all.Units > 1 && all.Second.Variance > 0 ? all.Covariance / all.Second.Variance : 0;
    }

    /// <param name="sums">First the outcome per unit, second the covariate.</param>
    /// <param name="slope">Of all arms.</param>
    public static Finding<ArmEstimate> Estimate(PairSums sums, double slope)
    {
        if (sums.Units < 2)
            return sums.Units == 1 ? NotYet.OneUser : NotYet.NoUsers;
        var variance = sums.First.Variance + (slope * slope * sums.Second.Variance) - (2 * slope * sums.Covariance);
        var plain = new Baseline(sums.First.Mean, sums.First.Variance / sums.Units, (sums.First.Variance - (slope * sums.Covariance)) / sums.Units);
        return ArmEstimate.Of(sums.Units, sums.First.Mean - (slope * sums.Second.Mean), Math.Max(0, variance) / sums.Units, sums.Units - 1, plain);
    }
}
