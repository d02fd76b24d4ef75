namespace Splitrail.Contracts;

/// <summary>Body of <see cref="InnerPaths.Search"/>.</summary>
/// <param name="Query">What was typed.</param>
/// <param name="Count">Items of the page.</param>
/// <param name="Filters">Restrictions; exclusions by purchase do not apply to a search.</param>
/// <param name="Offset">Items before the page.</param>
/// <param name="Facets">Whether to count categories and prices.</param>
/// <param name="Complete">Whether the last word may be the beginning of one.</param>
/// <param name="Context">Whose taste orders what matches; null for nobody's.</param>
/// <param name="SessionItems">Oldest first; the same for a guest.</param>
/// <param name="NowMs">The request's time; needed with a context or session items.</param>
public sealed record SearchRequest(
    string Query,
    int Count,
    ItemFilters Filters,
    int Offset = 0,
    bool Facets = false,
    bool Complete = true,
    UserContext? Context = null,
    IReadOnlyList<string>? SessionItems = null,
    long NowMs = 0);

/// <summary>Answer of <see cref="InnerPaths.Search"/>; a superset of <see cref="ScoredItemsResponse"/>.</summary>
/// <param name="Outcome"><c>found</c> or <c>not_ready</c>.</param>
/// <param name="ModelVersion">The model whose popularity, and taste when personal, had a part; null when none is loaded.</param>
/// <param name="Items">The page, best first.</param>
/// <param name="Total">Items that match by their words, on all pages.</param>
/// <param name="AllWords">False when no item has all of the words, and these have the most of them.</param>
/// <param name="DidYouMean">The query as it was understood, when words were corrected; else null.</param>
/// <param name="Facets">When asked for.</param>
public sealed record SearchResponse(
    string Outcome,
    string? ModelVersion,
    IReadOnlyList<FoundItem> Items,
    int Total = 0,
    bool AllWords = true,
    string? DidYouMean = null,
    SearchFacets? Facets = null);

/// <param name="ItemId">The item.</param>
/// <param name="Score">Comparable within one answer and one kind of match.</param>
/// <param name="Match">One of <see cref="SearchMatches"/>.</param>
public sealed record FoundItem(string ItemId, float Score, string Match);

/// <summary>Why an item is in the answer of a search. The names are candidate sources to who shows them.</summary>
public static class SearchMatches
{
    /// <summary>It has the words.</summary>
    public const string Words = "search";

    /// <summary>It is like what has the words.</summary>
    public const string Related = "related";

    /// <summary>Nothing has the words, and it is popular.</summary>
    public const string Popular = "popular";

    public static IReadOnlyList<string> All { get; } = [Words, Related, Popular];
}

/// <summary>What choosing a value would show: each facet is counted without its own filter and with all others.</summary>
/// <param name="Categories">The most frequent first.</param>
/// <param name="Prices">The lowest first, only those that have items.</param>
public sealed record SearchFacets(IReadOnlyList<CategoryCount> Categories, IReadOnlyList<PriceCount> Prices);

public sealed record CategoryCount(string Category, int Count);

/// <param name="From">Inclusive.</param>
/// <param name="To">Not inclusive; null for no end.</param>
/// <param name="Count">Items.</param>
public sealed record PriceCount(decimal From, decimal? To, int Count);
