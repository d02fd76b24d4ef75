namespace Splitrail.ExperimentSvc.Statistics;

/// <summary>Sufficient statistics of one number per unit.</summary>
/// <param name="Units">How many.</param>
/// <param name="Sum">Σx.</param>
/// <param name="Squares">Σx².</param>
internal readonly record struct UnitSums(long Units, double Sum, double Squares)
{
    public double Mean => Sum / Units;

    /// <summary>Unbiased variance of x; not below 0, which rounding of the sums could make it.</summary>
    public double Variance => Math.Max(0, (Squares - (Sum * Sum / Units)) / (Units - 1));

    /// <summary>The mean of x.</summary>
    public Finding<ArmEstimate> MeanEstimate() => ArmEstimate.Of(Units, Units == 0 ? 0 : Mean, Units < 2 ? 0 : Variance);

    /// <summary>The share of units with x = 1, all others having 0; the variance is p(1 - p), without Bessel's correction.</summary>
    public static Finding<ArmEstimate> ShareEstimate(long successes, long units)
    {
        var share = units == 0 ? 0 : (double)successes / units;
        return ArmEstimate.Of(units, share, share * (1 - share));
    }

    public static UnitSums Of(IEnumerable<double> values) =>
        values.Aggregate(default(UnitSums), static (sums, x) => new UnitSums(sums.Units + 1, sums.Sum + x, sums.Squares + (x * x)));

    public static UnitSums operator +(UnitSums one, UnitSums other) => new(one.Units + other.Units, one.Sum + other.Sum, one.Squares + other.Squares);
}
