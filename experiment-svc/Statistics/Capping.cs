namespace Splitrail.ExperimentSvc.Statistics;

/// <summary>
/// Winsorising from above: the largest values count as the largest of the others (Dixon, Simplified estimation from censored normal samples, Annals of Mathematical
/// Statistics 1960). The cap is found once, on all arms together, or it would hide an arm's effect on the largest.
/// </summary>
internal static class Capping
{
    /// <param name="sorted">Ascending, not empty.</param>
    /// <param name="fraction">Part of the values to cap, within [0, 1).</param>
    public static double Cap(ReadOnlySpan<double> sorted, double fraction)
    {
        if (sorted.IsEmpty || fraction is not (>= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "values and a part of them from 0 to below 1 are needed");
        return sorted[sorted.Length - 1 - (int)(fraction * sorted.Length)];
    }

    public static UnitSums Sums(IEnumerable<double> values, double cap) => UnitSums.Of(values.Select(value => Math.Min(value, cap)));
}
