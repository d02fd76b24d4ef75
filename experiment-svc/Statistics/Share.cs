namespace Splitrail.ExperimentSvc.Statistics;

/// <summary>
/// Successes among units that each have one or none, with the intervals compared by Brown, Cai and DasGupta (Interval estimation for a binomial proportion,
/// Statistical Science 2001). All are two-sided and miss the truth with probability alpha.
/// </summary>
/// <param name="Successes">0..units.</param>
/// <param name="Units">Without any, each interval is all from 0 to 1.</param>
internal readonly record struct Share(long Successes, long Units)
{
    public double Value => Units == 0 ? 0 : (double)Successes / Units;

    /// <summary>Of the value: p(1 - p) / n.</summary>
    public double ErrorVariance => Units == 0 ? 0 : Value * (1 - Value) / Units;

    /// <summary>Wilson's score interval: the one to show.</summary>
    public Interval Wilson(double alpha)
    {
        var z = -Tails.NormalQuantile(alpha / 2);
        var (square, sum) = (z * z, Units + (z * z));
        var half = z / sum * Math.Sqrt((Units * Value * (1 - Value)) + (square / 4));
        var middle = (Successes + (square / 2)) / sum;
        // At the ends the terms cancel but for rounding.
        return new Interval(Successes == 0 ? 0 : Math.Max(0, middle - half), Successes == Units ? 1 : Math.Min(1, middle + half));
    }

    /// <summary>Wilson's middle with Wald's shape (Agresti and Coull 1998), cut at 0 and 1.</summary>
    public Interval AgrestiCoull(double alpha)
    {
        var z = -Tails.NormalQuantile(alpha / 2);
        var (units, successes) = (Units + (z * z), Successes + (z * z / 2));
        var middle = successes / units;
        var half = z * Math.Sqrt(middle * (1 - middle) / units);
        return new Interval(Math.Max(0, middle - half), Math.Min(1, middle + half));
    }

    /// <summary>Exact (Clopper and Pearson 1934): never below its coverage, often far above.</summary>
    public Interval ClopperPearson(double alpha) => new(
        Successes == 0 ? 0 : Tails.BetaQuantile(alpha / 2, Successes, Units - Successes + 1),
        Successes == Units ? 1 : Tails.BetaQuantile(1 - (alpha / 2), Successes + 1, Units - Successes));

    /// <summary>Of the posterior with Jeffreys's prior.</summary>
    public Interval Jeffreys(double alpha) => new(
        Tails.BetaQuantile(alpha / 2, Successes + 0.5, Units - Successes + 0.5),
        Tails.BetaQuantile(1 - (alpha / 2), Successes + 0.5, Units - Successes + 0.5));
}
