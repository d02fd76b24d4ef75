using Splitrail.Contracts;
using Splitrail.Feeds;
using Splitrail.RankingSvc.Rankers;
using Splitrail.RankingSvc.Serving;

namespace Splitrail.RankingSvc;

/// <summary>One request from its candidates to its list, on one model and one catalogue from beginning to end.</summary>
internal sealed class RequestRanking(ServingModel serving, RankerTable rankers, RankingMetrics metrics)
{
    public async ValueTask<RankResponse> RankAsync(RankRequest request, Catalog catalog, CancellationToken cancellationToken)
    {
        if (catalog.Version == 0 || serving.Acquire() is not { } state)
            return new RankResponse(Outcomes.NotReady, null, []);
        try
        {
            var offers = OfferList.Of(request, catalog, state.Bundle.Items);
            metrics.Candidates(offers.Count);
            if (offers.Count == 0)
                return new RankResponse(Outcomes.Found, state.Version, []);
            if (!Knows(state, request, offers))
                return new RankResponse(Outcomes.UnknownModel, state.Version, []);
            var items = await rankers.For(request.Ranker).RankAsync(state, request, offers, Math.Max(0, request.Count), cancellationToken);
            return new RankResponse(Outcomes.Found, state.Version, items);
        }
        finally
        {
            ServingModel.Release(state);
        }
    }

    /// <summary>
    /// While a new model spreads, candidates come from the old one for a moment: they are ranked all the same unless this model knows fewer than
    /// half of them, as after a change of the data.
    /// </summary>
    private bool Knows(ServingState state, RankRequest request, List<Offer> offers)
    {
        if (request.ModelVersion is null || request.ModelVersion == state.Version)
            return true;
        metrics.Fallback("other_model");
        return offers.Count(static offer => offer.Position >= 0) * 2 >= offers.Count;
    }
}
