namespace Splitrail.ExperimentSvc.Statistics;

/// <summary>Sufficient statistics of two numbers per unit: a ratio's numerator and denominator, or an outcome and what was known before.</summary>
/// <param name="First">n, Σx, Σx².</param>
/// <param name="Second">n, Σy, Σy², of the same units.</param>
/// <param name="Products">Σxy.</param>
internal readonly record struct PairSums(UnitSums First, UnitSums Second, double Products)
{
    public long Units => First.Units;

    /// <summary>Unbiased covariance of x and y.</summary>
    public double Covariance => (Products - (First.Sum * Second.Sum / Units)) / (Units - 1);

    public static PairSums Of(IEnumerable<(double X, double Y)> values) => values.Aggregate(
        default(PairSums),
        static (sums, pair) => sums + new PairSums(new UnitSums(1, pair.X, pair.X * pair.X), new UnitSums(1, pair.Y, pair.Y * pair.Y), pair.X * pair.Y));

    public static PairSums operator +(PairSums one, PairSums other) => new(one.First + other.First, one.Second + other.Second, one.Products + other.Products);
}
