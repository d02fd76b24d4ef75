namespace Splitrail.Benchmarks.Autoscale;

/// <summary>Two settings on the same days, none of which the choice between them was made on.</summary>
/// <param name="Own">Mean of the chart's settings.</param>
/// <param name="Other">Mean of the others.</param>
/// <param name="Excess">Mean of what the chart costs more a day; below 0 it costs less.</param>
/// <param name="Error">Monte Carlo standard error of it, from the differences day by day.</param>
internal sealed record PairedCost(DayCost Own, DayCost Other, double Excess, double Error)
{
    /// <summary>Within two standard errors nobody can say which is cheaper.</summary>
    public bool IsTie => Math.Abs(Excess) <= 2 * Error;

    public static PairedCost Of(IReadOnlyList<DayCost> own, IReadOnlyList<DayCost> other)
    {
        var differences = own.Zip(other, static (a, b) => a.Total - b.Total).ToArray();
        var mean = differences.Average();
        var variance = differences.Sum(one => (one - mean) * (one - mean)) / Math.Max(1, differences.Length - 1);
        return new PairedCost(Mean(own), Mean(other), mean, Math.Sqrt(variance / differences.Length));
    }

    private static DayCost Mean(IReadOnlyList<DayCost> days) => days.Aggregate(static (a, b) => a + b) / days.Count;
}
