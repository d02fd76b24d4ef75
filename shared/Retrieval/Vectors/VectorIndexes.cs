namespace Splitrail.Retrieval.Vectors;

/// <summary>Which index rows get.</summary>
public static class VectorIndexes
{
    /// <summary>By the number of rows: exact up to <see cref="VectorIndexOptions.ExactUpTo"/>, lists beyond.</summary>
    public const string Auto = "auto";

    public const string Exact = "exact";

    public const string Ivf = "ivf";

    public static IReadOnlyList<string> Kinds { get; } = [Auto, Exact, Ivf];

    /// <param name="rows">The vectors.</param>
    /// <param name="options">Which and how.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static IVectorIndex Build(FloatRows rows, VectorIndexOptions options, CancellationToken cancellation = default) =>
        UsesLists(rows.Count, options)
            ? IvfBuilder.Build(rows, options.Lists, cancellation)
            : ExactVectorIndex.Build(rows, options.Lists.ThreadsOrAll, options.Lists.Path);

    /// <summary>Whether so many rows get lists.</summary>
    public static bool UsesLists(int rows, VectorIndexOptions options) => rows > 0 && options.Kind switch
    {
        Exact => false,
        Ivf => true,
        Auto => rows > options.ExactUpTo,
        var unknown => throw new ArgumentException($"'{unknown}' is no kind of index: {string.Join(", ", Kinds)}.", nameof(options)),
    };
}

/// <param name="Kind">Of <see cref="VectorIndexes.Kinds"/>.</param>
/// <param name="ExactUpTo">Rows up to which a scan of all of them is the better choice.</param>
public sealed record VectorIndexOptions(string Kind = VectorIndexes.Auto, int ExactUpTo = 150_000)
{
    /// <summary>How an index of lists is made.</summary>
    public IvfOptions Lists { get; init; } = new();
}
