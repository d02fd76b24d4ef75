using Microsoft.AspNetCore.Http.HttpResults;
using Splitrail.CandidateSvc.Search;
using Splitrail.CandidateSvc.Serving;
using Splitrail.Contracts;

namespace Splitrail.CandidateSvc;

internal static class SearchEndpoints
{
    private static readonly SearchResponse s_notReady = new(Outcomes.NotReady, null, []);

    public static void MapSearch(this IEndpointRouteBuilder routes) => routes.MapPost(InnerPaths.Search, Search);

    private static JsonHttpResult<SearchResponse> Search(
        SearchRequest request, ServingSearch search, ServingModel serving, Searcher searcher, CandidateMetrics metrics)
    {
        var response = search.Current is { } view ? searcher.Search(request, view, serving.Current) : s_notReady;
        metrics.Request("search", response.Outcome);
        if (response is { Outcome: Outcomes.Found, Total: 0 })
            metrics.Fallback("search_popular");
        return TypedResults.Json(response, ContractsJson.Default.SearchResponse);
    }
}
