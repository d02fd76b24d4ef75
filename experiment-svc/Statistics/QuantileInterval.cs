using MathNet.Numerics.Distributions;

namespace Splitrail.ExperimentSvc.Statistics;

/// <summary>
/// Quantiles without assumptions on the distribution: the order statistics that a binomial number of values below the quantile leads to (Conover, Practical
/// Nonparametric Statistics, 3rd ed. 1999, section 3.2).
/// </summary>
internal static class QuantileInterval
{
    /// <summary>Ranks, from 1, of the two values that enclose the quantile; 0 and units + 1 where the sample is too small on that side.</summary>
    /// <param name="units">Values, independent of each other.</param>
    /// <param name="quantile">Within (0, 1).</param>
    /// <param name="alpha">Of both sides.</param>
    public static (long Low, long High) Ranks(long units, double quantile, double alpha)
    {
        var low = Inverse(units, quantile, alpha / 2);
        // The upper rank is the lower one of the mirrored sample.
        return (low, units + 1 - Inverse(units, 1 - quantile, alpha / 2));
    }

    /// <param name="sorted">Ascending.</param>
    /// <param name="quantile">Within (0, 1).</param>
    /// <param name="alpha">Of both sides.</param>
    public static Finding<Interval> Of(ReadOnlySpan<double> sorted, double quantile, double alpha)
    {
        if (sorted.IsEmpty)
            return NotYet.NoUsers;
        var (low, high) = Ranks(sorted.Length, quantile, alpha);
        return low < 1 || high > sorted.Length ? NotYet.TooFew : new Interval(sorted[(int)low - 1], sorted[(int)high - 1]);
    }

    /// <summary>The quantile itself, linear between the two values around it (type 7 of Hyndman and Fan, Sample quantiles in statistical packages, 1996).</summary>
    public static double Estimate(ReadOnlySpan<double> sorted, double quantile)
    {
        var at = quantile * (sorted.Length - 1);
        var below = (int)Math.Floor(at);
        return below + 1 < sorted.Length ? sorted[below] + ((at - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
    }

    /// <summary>
    /// A quantile in one arm for a comparison: the variance from the distance of two order statistics around it (Deng, Knoblich and Lu 2018, section 4), its level as a
    /// quantile corrected by <paramref name="clusters"/> where values of one user depend on each other.
    /// </summary>
    /// <param name="units">Values.</param>
    /// <param name="clusters">Values that the interval was made for; equal to the units where all are independent.</param>
    /// <param name="value">The quantile.</param>
    /// <param name="bounds">The values at ranks units · (q ± z √(q (1 - q) / clusters)), z of 2.5 %.</param>
    public static Finding<ArmEstimate> Estimate(long units, long clusters, double value, Interval bounds)
    {
        if (units < 2)
            return units == 1 ? NotYet.OneUser : NotYet.NoUsers;
        var deviation = (bounds.High - bounds.Low) / (-2 * Tails.NormalQuantile(0.025));
        var variance = deviation * deviation * clusters / units * (units - 1) / units;
        return ArmEstimate.Of(units, value, variance, units - 1, new Baseline(value, variance, variance));
    }

    /// <summary>The largest rank r with P(X &lt; r) ≤ probability, X binomial: 0 when there is none.</summary>
    private static long Inverse(long units, double quantile, double probability)
    {
        var (low, high) = (0L, units);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (Binomial.CDF(quantile, (int)units, middle - 1) <= probability)
                low = middle;
            else
                high = middle - 1;
        }

        return low;
    }
}
