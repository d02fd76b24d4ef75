using Microsoft.AspNetCore.Http.HttpResults;
using Splitrail.Contracts;
using Splitrail.Features;
using Splitrail.Feeds;
using Splitrail.Hosting;

namespace Splitrail.RankingSvc;

internal static class RankEndpoints
{
    public static void MapRank(this IEndpointRouteBuilder routes) => routes.MapPost(InnerPaths.Rank, Rank);

    private static async Task<Results<JsonHttpResult<RankResponse>, ProblemHttpResult>> Rank(
        RankRequest request, RequestRanking ranking, CatalogFeed catalogue, RankingMetrics metrics, CancellationToken cancellationToken)
    {
        try
        {
            var response = await ranking.RankAsync(WithoutGaps(request), catalogue.Current, cancellationToken);
            metrics.Request(response.Outcome);
            return TypedResults.Json(response, ContractsJson.Default.RankResponse);
        }
        catch (MissingSignalException missing)
        {
            metrics.Request("missing_signal");
            return BadInput.Problem("signals", string.Join(",", request.Signals ?? []), missing.Message);
        }
    }

    /// <summary>Members that a caller left out, filled in.</summary>
    private static RankRequest WithoutGaps(RankRequest request) => request with
    {
        Context = request.Context ?? UserContext.Empty,
        SessionItems = request.SessionItems ?? [],
        Signals = request.Signals ?? [],
        Items = request.Items ?? [],
        Filters = request.Filters ?? ItemFilters.Default,
    };
}
