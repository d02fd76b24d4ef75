namespace Splitrail.ExperimentSvc.Statistics;

/// <summary>
/// Whether two arms have the same quantile, at any time and without assumptions on the distributions (Howard and Ramdas, Sequential estimation of quantiles with applications to
/// A/B testing and best-arm identification, Bernoulli 2022, section 6): the product of both arms' mixtures at the common value that speaks least against it.
/// </summary>
/// <param name="quantile">Within (0, 1).</param>
/// <param name="tightestAt">Values in an arm at which the test is to be sharp.</param>
/// <param name="alpha">For which it is to be sharp.</param>
internal sealed class QuantileSequence(double quantile, double tightestAt, double alpha)
{
    private const int Thirds = 100;

    private readonly BetaBinomialMixture _mixture = new(tightestAt * quantile * (1 - quantile), alpha, quantile, 1 - quantile, isOneSided: false);

    /// <param name="one">Ascending.</param>
    /// <param name="other">Ascending.</param>
    /// <returns>Valid at any time; 1 when an arm has no values.</returns>
    public double PValue(double[] one, double[] other)
    {
        if (one.Length == 0 || other.Length == 0)
            return 1;
        var (least, otherLeast) = (LeastAgainst(one.Length), LeastAgainst(other.Length));
        // Outside of both arms' own quantiles each arm speaks the louder against a value the farther it is.
        var (from, to) = (At(one, least), At(other, otherLeast));
        if (from > to)
            (from, to) = (to, from);
        var smallest = double.PositiveInfinity;
        foreach (var value in one.Concat(other).Where(value => value >= from && value <= to))
            smallest = Math.Min(smallest, Against(one, value, least) + Against(other, value, otherLeast));
        return Math.Min(1, Math.Exp(-smallest));
    }

    /// <summary>The arm's evidence against this value being the quantile: the share below it may lie anywhere between those below and those up to it.</summary>
    private double Against(double[] sorted, double value, double least)
    {
        var (below, upTo) = (Rank(sorted, value, false), Rank(sorted, value, true));
        return Log(Math.Clamp(least, (double)below / sorted.Length, (double)upTo / sorted.Length), sorted.Length);
    }

    private double Log(double shareBelow, int units) => _mixture.Log((shareBelow - quantile) * units, quantile * (1 - quantile) * units);

    /// <summary>The share below that speaks least against any value; near the quantile, as the mixture is not quite symmetric.</summary>
    private double LeastAgainst(int units)
    {
        var (low, high) = (0.0, 1.0);
        for (var i = 0; i < Thirds; i++)
        {
            var third = (high - low) / 3;
            (low, high) = Log(low + third, units) < Log(high - third, units) ? (low, high - third) : (low + third, high);
        }

        return (low + high) / 2;
    }

    private static double At(double[] sorted, double share) => sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];

    /// <summary>How many are below the value, or up to it.</summary>
    private static int Rank(double[] sorted, double value, bool including)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] < value || (including && sorted[middle] == value))
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
