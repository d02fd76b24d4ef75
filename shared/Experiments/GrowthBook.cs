using System.Globalization;

namespace Splitrail.Experiments;

/// <summary>
/// GrowthBook's assignment (SDK specification 0.8.0), for shops that come from there with experiments running: the same users get the same variations.
/// </summary>
public static class GrowthBook
{
    private const uint Basis = 2166136261;
    private const uint Prime = 16777619;

    /// <summary>Buckets of hash version 1 and 2.</summary>
    public static int Buckets(int version) => version == 1 ? 1000 : 10_000;

    /// <param name="seed">Of the experiment: its key, unless it names a seed.</param>
    /// <param name="value">Who is randomised.</param>
    /// <param name="version">1 or 2.</param>
    /// <returns>A number in [0, 1); null for other versions.</returns>
    public static double? Hash(string seed, ReadOnlySpan<char> value, int version) =>
        version is 1 or 2 ? Bucket(seed, value, version) / (double)Buckets(version) : null;

    /// <summary>0..<see cref="Buckets"/> - 1. FNV-1a over UTF-16 units, as the JavaScript SDK does; allocates nothing.</summary>
    public static int Bucket(string seed, ReadOnlySpan<char> value, int version)
    {
        if (version == 1)
            return (int)(Fnv(Fnv(Basis, value), seed) % 1000);
        Span<char> digits = stackalloc char[10];
        Fnv(Fnv(Basis, seed), value).TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
        return (int)(Fnv(Basis, digits[..length]) % 10_000);
    }

    /// <summary>Ranges of [0, 1) of each variation: cumulative weights, each range cut to the coverage. Weights that do not fit or do not sum to 1 become equal ones.</summary>
    public static IReadOnlyList<(double From, double To)> BucketRanges(int variations, double coverage, IReadOnlyList<double>? weights)
    {
        coverage = Math.Clamp(coverage, 0, 1);
        if (weights is null || weights.Count != variations || weights.Sum() is < 0.99 or > 1.01)
            weights = [.. Enumerable.Repeat(1.0 / variations, variations)];
        var ranges = new (double From, double To)[variations];
        var from = 0.0;
        for (var i = 0; i < variations; i++)
        {
            ranges[i] = (from, from + (coverage * weights[i]));
            from += weights[i];
        }

        return ranges;
    }

    /// <returns>The first range that holds the number; -1 for none.</returns>
    public static int ChooseVariation(double number, IReadOnlyList<(double From, double To)> ranges)
    {
        for (var i = 0; i < ranges.Count; i++)
        {
            if (number >= ranges[i].From && number < ranges[i].To)
                return i;
        }

        return -1;
    }

    public static bool InNamespace(ReadOnlySpan<char> user, string name, double from, double to)
    {
        var number = Bucket($"__{name}", user, 1) / 1000.0;
        return number >= from && number < to;
    }

    private static uint Fnv(uint hash, ReadOnlySpan<char> text)
    {
        foreach (var unit in text)
            hash = (hash ^ unit) * Prime;
        return hash;
    }
}
