using Microsoft.AspNetCore.Http.HttpResults;
using Splitrail.CandidateSvc.Serving;
using Splitrail.Contracts;
using Splitrail.Retrieval;

namespace Splitrail.CandidateSvc;

internal static class CandidateEndpoints
{
    public static void MapCandidates(this IEndpointRouteBuilder routes) => routes.MapPost(InnerPaths.Candidates, Propose);

    private static JsonHttpResult<CandidateResponse> Propose(CandidateRequest request, ServingModel serving, CandidateOptions options, CandidateMetrics metrics)
    {
        if (serving.Current is not { } state)
            return Answer(new CandidateResponse(Outcomes.NotReady, null, CandidateColumns.Empty), metrics);
        var filters = request.Filters ?? ItemFilters.Default;
        var query = RetrievalQuery.Create(
            state.Bundle.Retrieval,
            request.Personal ? request.Context ?? UserContext.Empty : UserContext.Empty,
            request.SessionItems ?? [],
            request.NowMs,
            filters.ExcludeBoughtDays,
            state.Facts.Allowed(filters));
        var mix = MixOf(request.Mix, metrics);
        var set = state.Generator.Generate(query, mix, Math.Clamp(request.Count, 1, options.MaxCount));
        metrics.Candidates(set.Count);
        return Answer(new CandidateResponse(Outcomes.Found, state.Version, CandidateList.Of(set, state.Bundle.Items, mix)), metrics);
    }

    private static Mix MixOf(string? name, CandidateMetrics metrics)
    {
        if (name is null)
            return Mixes.Table.Get(Mixes.Default);
        if (Mixes.Table.Find(name) is { } mix)
            return mix;
        // An arm may name a mix that this replica does not have yet, in the middle of a rolling upgrade.
        metrics.Fallback("unknown_mix");
        return Mixes.Table.Get(Mixes.Default);
    }

    private static JsonHttpResult<CandidateResponse> Answer(CandidateResponse response, CandidateMetrics metrics)
    {
        metrics.Request("candidates", response.Outcome);
        return TypedResults.Json(response, ContractsJson.Default.CandidateResponse);
    }
}
