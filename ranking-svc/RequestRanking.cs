using Splitrail.Contracts;
using Splitrail.Feeds;
using Splitrail.RankingSvc.Rankers;
using Splitrail.RankingSvc.ReRankers;
using Splitrail.RankingSvc.Serving;

namespace Splitrail.RankingSvc;

/// <summary>One request from its candidates to its list, on one model and one catalogue from beginning to end.</summary>
internal sealed class RequestRanking(ServingModels models, RankerTable rankers, ReRankerTable reRankers, RankingMetrics metrics, TimeProvider time)
{
    private readonly SlatePool _slates = new();

    public async ValueTask<RankResponse> RankAsync(RankRequest request, Catalog catalog, CancellationToken cancellationToken)
    {
        if (catalog.Version == 0 || !models.TryAcquire(request.ModelVersion, request.Model, out var state))
            return new RankResponse(Outcomes.NotReady, null, []);
        if (state is null || (request.Model ?? state.Version) != state.Version)
            metrics.Fallback("other_model");
        if (state is null)
            return new RankResponse(Outcomes.UnknownModel, null, []);
        try
        {
            var offers = OfferList.Of(request, catalog, state.Bundle.Items);
            metrics.Candidates(offers.Count);
            if (offers.Count == 0)
                return new RankResponse(Outcomes.Found, state.Version, []);
            return new RankResponse(Outcomes.Found, state.Version, await ListAsync(request, catalog, state, offers, cancellationToken));
        }
        finally
        {
            state.Leave();
        }
    }

    private async ValueTask<ScoredItem[]> ListAsync(RankRequest request, Catalog catalog, ServingState state, List<Offer> offers, CancellationToken cancellationToken)
    {
        var slate = _slates.Rent();
        try
        {
            slate.Fill(offers, Math.Max(0, request.Count));
            var ordered = await rankers.For(request.Ranker).ScoreAsync(state, request, offers, slate.Shown, cancellationToken);
            var started = time.GetTimestamp();
            slate.TakeShown(ordered);
            reRankers.Apply(request.ReRanker, slate, new ReRankCase(request, request.ReRank ?? ReRankOptions.Default, state, catalog));
            var items = slate.Best();
            metrics.Ordered(time.GetElapsedTime(started));
            return items;
        }
        finally
        {
            _slates.Return(slate);
        }
    }
}
