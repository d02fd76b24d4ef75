namespace Splitrail.CandidateSvc.Search.Columns;

/// <summary>Ranges of prices for facets: 0, 0.1, 0.2, 0.5, 1, 2, 5, … up to 500 million, so that any currency has some.</summary>
internal static class PriceBands
{
    public const int None = -1;

    private static readonly decimal[] s_edges =
    [
        0m, .. from power in Enumerable.Range(-1, 10)
               from step in new[] { 1m, 2m, 5m }
               select power < 0 ? step / 10 : step * (decimal)Math.Pow(10, power),
    ];

    public static int Count => s_edges.Length;

    public static int Of(decimal? price)
    {
        if (price is null or < 0)
            return None;
        var at = Array.BinarySearch(s_edges, price.Value);
        return at < 0 ? ~at - 1 : at;
    }

    /// <summary>Inclusive.</summary>
    public static decimal From(int band) => s_edges[band];

    /// <summary>Not inclusive; null for the last.</summary>
    public static decimal? To(int band) => band + 1 < s_edges.Length ? s_edges[band + 1] : null;
}
