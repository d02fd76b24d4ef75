namespace Splitrail.Policies;

/// <summary>Names of re-rankers that an arm's parameters may use, one or several joined by <c>+</c> and applied in that order.</summary>
public static class ReRankerNames
{
    /// <summary>Joins several.</summary>
    public const char And = '+';

    /// <summary>Maximal marginal relevance: less of the same.</summary>
    public const string Mmr = "mmr";

    /// <summary>At most so many items of a category before all categories had their turn.</summary>
    public const string CategoryCaps = "category_caps";

    /// <summary>Newer items first, other things being equal.</summary>
    public const string Freshness = "freshness";

    /// <summary>Items far from the shopper's usual price later.</summary>
    public const string PriceBand = "price_band";

    /// <summary>A share of the places for new items.</summary>
    public const string Exploration = "exploration";

    public static IReadOnlyList<string> All { get; } = [Mmr, CategoryCaps, Freshness, PriceBand, Exploration];
}
