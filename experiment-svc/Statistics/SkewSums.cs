namespace Splitrail.ExperimentSvc.Statistics;

/// <summary>Sufficient statistics of one skewed number per unit, such as revenue.</summary>
/// <param name="Sums">n, Σx, Σx².</param>
/// <param name="Cubes">Σx³.</param>
internal readonly record struct SkewSums(UnitSums Sums, double Cubes)
{
    /// <summary>Unbiased third central moment, in the unit's cube; needs three units.</summary>
    public double ThirdMoment
    {
        get
        {
            var (n, mean) = ((double)Sums.Units, Sums.Mean);
            var sum = Cubes - (3 * mean * Sums.Squares) + (3 * mean * mean * Sums.Sum) - (n * mean * mean * mean);
            return sum * n / ((n - 1) * (n - 2));
        }
    }

    /// <summary>The mean, with the skewness that it has as an estimate.</summary>
    public Finding<ArmEstimate> MeanEstimate()
    {
        if (Sums.Units == 2)
            return NotYet.TooFew;
        var cumulant = Sums.Units < 3 ? 0 : ThirdMoment / Sums.Units / Sums.Units;
        return Sums.MeanEstimate().Then<ArmEstimate>(estimate => double.IsFinite(cumulant) ? estimate with { ThirdCumulant = cumulant } : NotYet.OutOfRange);
    }

    public static SkewSums One(double x) => new(new UnitSums(1, x, x * x), x * x * x);

    public static SkewSums operator +(SkewSums one, SkewSums other) => new(one.Sums + other.Sums, one.Cubes + other.Cubes);
}
