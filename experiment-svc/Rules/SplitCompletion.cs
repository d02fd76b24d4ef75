namespace Splitrail.ExperimentSvc.Rules;

/// <summary>
/// Shares as people write them (0.5 or 50, 33.333333 three times) to shares that sum to 1 exactly. What rounding left over is dealt out in units
/// of 0.000001 % by largest remainder, the first arm first among equals.
/// </summary>
internal static class SplitCompletion
{
    /// <summary>Relative to the sum: 33.3333 % three times is a split, 33.33 % is a mistake.</summary>
    public const double Tolerance = 1e-6;

    private const long Units = 100_000_000;

    /// <summary>Null when the shares are neither fractions that sum to 1 nor percents that sum to 100.</summary>
    public static IReadOnlyList<double>? Complete(IReadOnlyList<double> given)
    {
        if (given.Count == 0 || given.Any(static share => !(share >= 0) || double.IsInfinity(share)))
            return null;
        var sum = given.Sum();
        var whole = Math.Abs(sum - 100) <= 100 * Tolerance ? 100 : 1;
        if (Math.Abs(sum - whole) > whole * Tolerance)
            return null;
        var exact = given.Select(share => share / sum * Units).ToArray();
        var units = exact.Select(static share => (long)Math.Floor(share + 1e-6)).ToArray();
        var missing = (int)(Units - units.Sum());
        foreach (var i in Enumerable.Range(0, units.Length).OrderByDescending(i => Math.Round(exact[i] - units[i], 6)).ThenBy(static i => i).Take(missing))
            units[i]++;
        return [.. units.Select(static share => share / (double)Units)];
    }
}
