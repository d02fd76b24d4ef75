using Microsoft.AspNetCore.Http.HttpResults;
using Splitrail.CandidateSvc.Serving;
using Splitrail.Contracts;
using Splitrail.Feeds;
using Splitrail.Retrieval;
using Splitrail.Retrieval.Bayesian;

namespace Splitrail.CandidateSvc;

internal static class CandidateEndpoints
{
    public static void MapCandidates(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(InnerPaths.Candidates, Propose);
        routes.MapPost(InnerPaths.CandidatesBatch, ProposeBatch);
    }

    private static JsonHttpResult<CandidateResponse> Propose(CandidateRequest request, ServingModel serving, FollowedSnapshot followed, CandidateOptions options, CandidateMetrics metrics) =>
        TypedResults.Json(Answer(request, serving.For(request.Model), options, metrics) with { Replica = followed.Current }, ContractsJson.Default.CandidateResponse);

    private static JsonHttpResult<Batch<CandidateResponse>> ProposeBatch(
        Batch<CandidateRequest> requests, ServingModel serving, FollowedSnapshot followed, CandidateOptions options, CandidateMetrics metrics)
    {
        CandidateResponse[] responses =
        [
            .. (requests.Entries ?? []).OfType<CandidateRequest>().Select(request => Answer(request, serving.For(request.Model), options, metrics) with { Replica = followed.Current }),
        ];
        return TypedResults.Json(new Batch<CandidateResponse>(responses), ContractsJson.Default.BatchCandidateResponse);
    }

    private static CandidateResponse Answer(CandidateRequest request, ServingState? state, CandidateOptions options, CandidateMetrics metrics)
    {
        var response = state is null ? new CandidateResponse(Outcomes.NotReady, null, CandidateColumns.Empty) : Found(request, state, options, metrics);
        metrics.Request("candidates", response.Outcome);
        return response;
    }

    private static CandidateResponse Found(CandidateRequest request, ServingState state, CandidateOptions options, CandidateMetrics metrics)
    {
        var filters = request.Filters ?? ItemFilters.Default;
        using var work = state.Generator.Rent();
        state.Facts.Allow(filters, work.Allowed);
        var context = request.Personal ? request.Context ?? UserContext.Empty : UserContext.Empty;
        var query = work.Query(context, request.SessionItems ?? [], request.NowMs, filters.ExcludeBoughtDays, request.Seed);
        var mix = MixOf(request.Mix, metrics);
        var found = work.Generate(query, mix, Math.Clamp(request.Count, 1, options.MaxCount));
        metrics.Candidates(found.Count);
        return new CandidateResponse(Outcomes.Found, state.Version, CandidateList.Of(found, state.Bundle.Items, mix), Ratings: RatingsOf(found, work.Ratings, metrics));
    }

    private static RatingColumns? RatingsOf(CandidateBuffer found, RatingWork? ratings, CandidateMetrics metrics)
    {
        if (ratings is null)
            return null;
        var values = ratings.Predict(found.Items);
        if (ratings.HasFailed)
        {
            metrics.Fallback("no_ratings");
            return null;
        }

        return RatingColumns.Of(ratings.Predictor.Model.Lowest, ratings.Predictor.Model.Highest, values);
    }

    private static Mix MixOf(string? name, CandidateMetrics metrics)
    {
        if (name is null)
            return Mixes.Table.Get(Mixes.Default);
        if (MixExpression.Find(name) is { } mix)
            return mix;
        // An arm may name a mix that this replica does not have yet, in the middle of a rolling upgrade.
        metrics.Fallback("unknown_mix");
        return Mixes.Table.Get(Mixes.Default);
    }
}
