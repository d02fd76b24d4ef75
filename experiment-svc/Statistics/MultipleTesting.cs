namespace Splitrail.ExperimentSvc.Statistics;

/// <summary>Several hypotheses at once: p-values adjusted so that each may be held against alpha itself.</summary>
internal static class MultipleTesting
{
    /// <summary>Any false rejection at all with a probability of alpha (Holm, A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 1979).</summary>
    /// <returns>In the order given.</returns>
    public static double[] Holm(IReadOnlyList<double> p)
    {
        var (order, adjusted, largest) = (Ascending(p), new double[p.Count], 0.0);
        for (var i = 0; i < order.Length; i++)
            adjusted[order[i]] = largest = Math.Max(largest, Math.Min(1, p[order[i]] * (p.Count - i)));
        return adjusted;
    }

    /// <summary>False rejections a part of alpha of all rejections, for goals that are independent or positively dependent (Benjamini and Hochberg, Controlling the false discovery rate, JRSS B 1995).</summary>
    /// <returns>In the order given.</returns>
    public static double[] BenjaminiHochberg(IReadOnlyList<double> p) => StepUp(p, rank => (double)p.Count / rank);

    /// <summary>The same under any dependence (Benjamini and Yekutieli, Annals of Statistics 2001).</summary>
    public static double[] BenjaminiYekutieli(IReadOnlyList<double> p)
    {
        var harmonic = Enumerable.Range(1, p.Count).Sum(static i => 1.0 / i);
        return StepUp(p, rank => p.Count * harmonic / rank);
    }

    /// <summary>Any false rejection with a probability of alpha, for positively dependent tests (Hochberg, A sharper Bonferroni procedure, Biometrika 1988).</summary>
    public static double[] Hochberg(IReadOnlyList<double> p) => StepUp(p, rank => p.Count - rank + 1);

    /// <summary>Any false rejection with a probability of alpha, whatever the others do: each p times their number.</summary>
    public static double[] Bonferroni(IReadOnlyList<double> p) => [.. p.Select(one => Math.Min(1, one * p.Count))];

    /// <summary>The same for independent tests (Šidák, Rectangular confidence regions for the means of multivariate normal distributions, JASA 1967).</summary>
    public static double[] Sidak(IReadOnlyList<double> p) => [.. p.Select(one => AnyOf(p.Count, one))];

    /// <summary>Holm's steps with Šidák's levels, for independent tests.</summary>
    public static double[] HolmSidak(IReadOnlyList<double> p)
    {
        var (order, adjusted, largest) = (Ascending(p), new double[p.Count], 0.0);
        for (var i = 0; i < order.Length; i++)
            adjusted[order[i]] = largest = Math.Max(largest, AnyOf(p.Count - i, p[order[i]]));
        return adjusted;
    }

    /// <summary>The closure of Simes's test: the sharpest for positively dependent tests (Hommel, A stagewise rejective multiple test procedure, Biometrika 1988).</summary>
    public static double[] Hommel(IReadOnlyList<double> p)
    {
        var (order, adjusted) = (Ascending(p), p.ToArray());
        for (var size = p.Count; size > 1; size--)
        {
            var first = p.Count - size;
            var simes = Enumerable.Range(1, size).Min(rank => size * p[order[first + rank - 1]] / rank);
            for (var i = 0; i < order.Length; i++)
                adjusted[order[i]] = Math.Max(adjusted[order[i]], i >= first ? simes : Math.Min(simes, size * p[order[i]]));
        }

        return adjusted;
    }

    /// <summary>Chance that the smallest of so many independent p-values is as small as this.</summary>
    private static double AnyOf(int tests, double p) => p >= 1 ? 1 : -Tails.ExpMinusOne(tests * Tails.LogOnePlus(-p));

    private static double[] StepUp(IReadOnlyList<double> p, Func<int, double> factor)
    {
        var (order, adjusted, smallest) = (Ascending(p), new double[p.Count], 1.0);
        for (var i = order.Length - 1; i >= 0; i--)
            adjusted[order[i]] = smallest = Math.Min(smallest, p[order[i]] * factor(i + 1));
        return adjusted;
    }

    private static int[] Ascending(IReadOnlyList<double> p) => [.. Enumerable.Range(0, p.Count).OrderBy(i => p[i])];
}
