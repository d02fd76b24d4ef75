using Microsoft.AspNetCore.Http.HttpResults;
using Splitrail.CandidateSvc.Lists;
using Splitrail.CandidateSvc.Search;
using Splitrail.CandidateSvc.Serving;
using Splitrail.Contracts;

namespace Splitrail.CandidateSvc;

/// <summary>Lists that know no user: similar and popular.</summary>
internal static class ItemListEndpoints
{
    public static void MapItemLists(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(InnerPaths.Similar, Similar);
        routes.MapPost(InnerPaths.Popular, Popular);
    }

    private static JsonHttpResult<ScoredItemsResponse> Similar(
        SimilarRequest request, ServingModel serving, AlikeItems alike, CandidateOptions options, CandidateMetrics metrics)
    {
        if (serving.Current is not { } state)
            return Answer("similar", NotReady, metrics);
        var items = SimilarItems.To(state, alike, request.ItemId ?? "", Math.Clamp(request.Count, 1, options.MaxCount), request.Filters ?? ItemFilters.Default, metrics);
        return Answer("similar", items is null ? new ScoredItemsResponse(Outcomes.UnknownItem, state.Version, []) : Found(state, items), metrics);
    }

    private static JsonHttpResult<ScoredItemsResponse> Popular(PopularRequest request, ServingModel serving, CandidateOptions options, CandidateMetrics metrics) =>
        Answer("popular", serving.Current is { } state
            ? Found(state, PopularItems.Of(state, Math.Clamp(request.Count, 1, options.MaxCount), request.Filters ?? ItemFilters.Default))
            : NotReady, metrics);

    private static ScoredItemsResponse NotReady => new(Outcomes.NotReady, null, []);

    private static ScoredItemsResponse Found(ServingState state, IReadOnlyList<ScoredItem> items) => new(Outcomes.Found, state.Version, items);

    private static JsonHttpResult<ScoredItemsResponse> Answer(string list, ScoredItemsResponse response, CandidateMetrics metrics)
    {
        metrics.Request(list, response.Outcome);
        return TypedResults.Json(response, ContractsJson.Default.ScoredItemsResponse);
    }
}
