using Microsoft.AspNetCore.Http.HttpResults;
using Splitrail.Contracts;
using Splitrail.Features;
using Splitrail.Feeds;
using Splitrail.Hosting;

namespace Splitrail.RankingSvc;

internal static class RankEndpoints
{
    public static void MapRank(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(InnerPaths.Rank, Rank);
        routes.MapPost(InnerPaths.RankBatch, RankBatch);
    }

    /// <summary>What cannot be ranked is <c>invalid</c> by itself: others came in the same call.</summary>
    private static async Task<JsonHttpResult<Batch<RankResponse>>> RankBatch(
        Batch<RankRequest> requests, RequestRanking ranking, CatalogFeed catalogue, FollowedSnapshot followed, RankingMetrics metrics, CancellationToken cancellationToken)
    {
        var responses = new List<RankResponse>();
        foreach (var request in (requests.Entries ?? []).OfType<RankRequest>())
        {
            var answer = await Rank(request, ranking, catalogue, followed, metrics, cancellationToken);
            responses.Add(answer.Result is JsonHttpResult<RankResponse> { Value: { } ranked } ? ranked : new RankResponse(Outcomes.Invalid, null, []));
        }

        return TypedResults.Json(new Batch<RankResponse>(responses), ContractsJson.Default.BatchRankResponse);
    }

    private static async Task<Results<JsonHttpResult<RankResponse>, ProblemHttpResult>> Rank(
        RankRequest request, RequestRanking ranking, CatalogFeed catalogue, FollowedSnapshot followed, RankingMetrics metrics, CancellationToken cancellationToken)
    {
        var whole = WithoutGaps(request);
        if (whole.Candidates.Fault() is { } fault)
        {
            metrics.Request("bad_candidates");
            return BadInput.Problem("candidates", whole.Candidates.ItemIds?.Length, fault);
        }

        try
        {
            var response = await ranking.RankAsync(whole, catalogue.Current, cancellationToken);
            metrics.Request(response.Outcome);
            return TypedResults.Json(response with { Replica = followed.Current }, ContractsJson.Default.RankResponse);
        }
        catch (MissingSignalException missing)
        {
            metrics.Request("missing_signal");
            return BadInput.Problem("signals", string.Join(",", whole.Candidates.Signals), missing.Message);
        }
    }

    /// <summary>Members that a caller left out, filled in.</summary>
    private static RankRequest WithoutGaps(RankRequest request) => request with
    {
        Context = request.Context ?? UserContext.Empty,
        SessionItems = request.SessionItems ?? [],
        Candidates = request.Candidates ?? CandidateColumns.Empty,
        Filters = request.Filters ?? ItemFilters.Default,
    };
}
