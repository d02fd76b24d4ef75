namespace Splitrail.ExperimentSvc.Statistics;

/// <summary>
/// Bounds of the shape √(v log log v), stitched of pieces over epochs that grow by a factor: looser than a mixture where that is tight, tighter after very long times
/// (Howard et al. 2021, theorem 1; Howard and Ramdas, Sequential estimation of quantiles, Bernoulli 2022).
/// </summary>
internal static class StitchedBound
{
    /// <summary>The growth of the pieces, and how fast alpha is divided among them.</summary>
    private const double Eta = 2;
    private const double Exponent = 1.4;

    private static readonly double s_root = (Math.Pow(Eta, 0.25) + Math.Pow(Eta, -0.25)) / Math.Sqrt(2);
    private static readonly double s_linear = (Math.Sqrt(Eta) + 1) / 2;
    private static readonly double s_zeta = Zeta(Exponent);

    /// <summary>Of a sum.</summary>
    /// <param name="variance">Accumulated.</param>
    /// <param name="alpha">One-sided.</param>
    /// <param name="from">Variance from which on it is to hold.</param>
    /// <param name="scale">c of a sub-gamma sum; 0 for a sub-Gaussian one, below 0 where the heavy side is the other.</param>
    public static double OfSum(double variance, double alpha, double from, double scale)
    {
        var used = Math.Max(variance, from);
        var log = (Exponent * Math.Log(Math.Log(Eta * used / from))) + Math.Log(s_zeta / Math.Pow(Math.Log(Eta), Exponent)) - Math.Log(alpha);
        return WithLinear(used, log, scale);
    }

    /// <summary>Of the number of values below the true quantile less its mean, for all quantiles at once.</summary>
    /// <param name="quantile">Within (0, 1).</param>
    /// <param name="units">So far.</param>
    /// <param name="alpha">Two-sided.</param>
    /// <param name="from">Units from which on it is to be tight.</param>
    /// <param name="grid">Distance of the quantiles between which it is stitched, in logits at that number of units.</param>
    public static double OfRanks(double quantile, double units, double alpha, double from, double grid = 0.5)
    {
        var used = Math.Max(units, from);
        var logit = Math.Log(quantile / (1 - quantile));
        var near = quantile >= 0.5 ? quantile : Math.Min(0.5, 1 / (1 + Math.Exp(-(logit + (2 * grid * Math.Sqrt(from * Eta / used))))));
        var (variance, cells) = (near * (1 - near), (Math.Sqrt(used / from) * Math.Abs(logit) / (2 * grid)) + 1);
        var log = (Exponent * (Math.Log(Math.Log(Eta * used / from)) + Math.Log(cells))) + Math.Log(2 * s_zeta * ((2 * s_zeta) + 1) / (alpha * Math.Pow(Math.Log(Eta), Exponent)));
        return (grid * Math.Sqrt(Eta * used * variance / from)) + WithLinear(variance * used, log, (1 - (2 * quantile)) / 3);
    }

    /// <summary>Of the distance of an empirical distribution from the true one, everywhere.</summary>
    /// <param name="units">So far; infinite below <paramref name="from"/>.</param>
    /// <param name="alpha">Two-sided.</param>
    /// <param name="from">Units from which on it is to hold.</param>
    /// <param name="factor">Above √½: the smaller, the later it is tight.</param>
    public static double OfDistribution(double units, double alpha, double from, double factor) =>
        units < from ? double.PositiveInfinity : factor * Math.Sqrt((Math.Log(1 + Math.Log(units / from)) + SmallestConstant(alpha, factor)) / units);

    private static double WithLinear(double variance, double log, double scale)
    {
        var linear = s_linear * scale * log;
        return Math.Sqrt((s_root * s_root * variance * log) + (linear * linear)) + linear;
    }

    /// <summary>The constant beside log log whose best division into epochs errs with probability alpha.</summary>
    private static double SmallestConstant(double alpha, double factor)
    {
        var (low, high) = (1.0, 100.0);
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = SmallestError(middle, factor) > alpha ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    /// <summary>Over growth factors on a grid from 1 to the largest possible, then finer around the best.</summary>
    private static double SmallestError(double constant, double factor)
    {
        const int Points = 40;
        var (low, high, best) = (1.0, 2 * factor * factor, double.PositiveInfinity);
        for (var round = 0; round < 6; round++)
        {
            var (width, at) = ((high - low) / Points, low);
            for (var i = 1; i < Points; i++)
            {
                var error = Error(constant, factor, low + (i * width));
                if (error < best)
                    (best, at) = (error, low + (i * width));
            }

            (low, high) = (Math.Max(1, at - width), at + width);
        }

        return best;
    }

    private static double Error(double constant, double factor, double eta)
    {
        var gap = factor - Math.Sqrt(2 * (eta - 1) / constant);
        var rate = 2 / eta * gap * gap;
        return gap <= 0 || rate <= 1 ? double.PositiveInfinity : 4 * Math.Exp(-rate * constant) * (1 + (1 / ((rate - 1) * Math.Log(eta))));
    }

    /// <summary>Riemann's zeta function above 1, by Euler and Maclaurin's summation.</summary>
    private static double Zeta(double s)
    {
        const int Terms = 50;
        var sum = Enumerable.Range(1, Terms - 1).Sum(k => Math.Pow(k, -s));
        var last = Math.Pow(Terms, -s);
        return sum + (last * Terms / (s - 1)) + (last / 2) + (s * last / (12 * Terms)) - (s * (s + 1) * (s + 2) * last / (720.0 * Terms * Terms * Terms));
    }
}
