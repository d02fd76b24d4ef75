using Splitrail.ExperimentSvc.Statistics;

namespace Splitrail.ExperimentSvc.Inference;

/// <summary>
/// A quantile of values that are only known by bucket, with the variance from the distance of two ranks around it (Deng, Knoblich and Lu 2018, section 4). Values of one user depend on
/// each other, so there count no more of them than users: that is right for one value each and careful for more.
/// </summary>
internal static class HistogramQuantile
{
    private static readonly double s_z = -Tails.NormalQuantile(0.025);

    /// <param name="buckets">Ascending, disjoint.</param>
    /// <param name="quantile">Within (0, 1).</param>
    /// <param name="users">Whose values they are.</param>
    public static Finding<ArmEstimate> Estimate(IReadOnlyList<HistogramBucket> buckets, double quantile, long users)
    {
        var values = buckets.Sum(static bucket => bucket.Count);
        var counted = Math.Min(values, users);
        if (counted < 2)
            return counted == 1 ? NotYet.OneUser : NotYet.NoUsers;
        var half = s_z * Math.Sqrt(quantile * (1 - quantile) / counted);
        if (quantile - half <= 0 || quantile + half >= 1)
            return NotYet.TooFew;
        var bounds = new Interval(At(buckets, values, quantile - half), At(buckets, values, quantile + half));
        return QuantileInterval.Estimate(counted, counted, At(buckets, values, quantile), bounds);
    }

    /// <summary>The value below which this part of all values lies.</summary>
    private static double At(IReadOnlyList<HistogramBucket> buckets, long values, double part)
    {
        var rank = part * values;
        foreach (var (low, high, count) in buckets)
        {
            if (rank <= count && count > 0)
                return low + (rank / count * (high - low));
            rank -= count;
        }

        return buckets[^1].High;
    }
}
