using Splitrail.ExperimentSvc.Statistics;

namespace Splitrail.ExperimentSvc.Inference;

/// <summary>One metric in one arm and one epoch, over all its counted users: one without an outcome is in it with 0.</summary>
/// <param name="Users">n.</param>
/// <param name="Sum">Σx: of a proportion the users with a 1; of a ratio the numerators.</param>
/// <param name="Squares">Σx².</param>
/// <param name="Cubes">Σx³; 0 where the metric is not skewed.</param>
/// <param name="OtherSum">Σy: a ratio's denominators, or the covariate; 0 without.</param>
/// <param name="OtherSquares">Σy².</param>
/// <param name="Products">Σxy.</param>
/// <param name="Histogram">Of a quantile: its values, ascending by bucket; null for other kinds.</param>
internal sealed record MetricCell(
    long Users, double Sum, double Squares, double Cubes = 0, double OtherSum = 0, double OtherSquares = 0, double Products = 0, IReadOnlyList<HistogramBucket>? Histogram = null)
{
    internal UnitSums Sums => new(Users, Sum, Squares);

    internal PairSums Pair => new(Sums, new UnitSums(Users, OtherSum, OtherSquares), Products);

    internal SkewSums Skewed => new(Sums, Cubes);
}

/// <summary>Values from <paramref name="Low"/> up to <paramref name="High"/>, thought to be spread evenly between them.</summary>
internal sealed record HistogramBucket(double Low, double High, long Count);
