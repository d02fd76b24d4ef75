using Splitrail.Contracts;
using Splitrail.Gateway.Lists;

namespace Splitrail.Gateway.Search;

/// <summary>Answer of <c>GET /v1/search</c>.</summary>
/// <param name="Items">The page, best first; <c>sources</c> says why each is there: search, related or popular.</param>
/// <param name="Total">Items that have the words, on all pages.</param>
/// <param name="AllWords">False when nothing has all of the words.</param>
/// <param name="DidYouMean">The query as it was understood, when words of it were corrected.</param>
/// <param name="Facets">When asked for.</param>
/// <param name="ModelVersion">The model whose popularity and taste had a part.</param>
/// <param name="FallbackLevel">0 as asked, 2 without the shopper's taste, 4 nothing.</param>
/// <param name="FallbackCause">Why it is not 0.</param>
/// <param name="Reason">Why the list is empty, or holds what was not asked for.</param>
/// <param name="RequestId">Send it back with events about these items.</param>
/// <param name="LatencyMs">Time the gateway took.</param>
internal sealed record SearchAnswer(
    IReadOnlyList<ShownItem> Items,
    int Total,
    bool AllWords,
    string? DidYouMean,
    SearchFacets? Facets,
    string? ModelVersion,
    int FallbackLevel,
    string? FallbackCause,
    string? Reason,
    string RequestId,
    double LatencyMs);
