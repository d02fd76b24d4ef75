using Splitrail.Contracts;
using Splitrail.Feeds;
using Splitrail.Merchandising;
using Splitrail.RankingSvc.Explaining;
using Splitrail.RankingSvc.Rankers;
using Splitrail.RankingSvc.ReRankers;
using Splitrail.RankingSvc.Rules;
using Splitrail.RankingSvc.Serving;
using Splitrail.RankingSvc.Shadows;
using Splitrail.RankingSvc.Weights;

namespace Splitrail.RankingSvc;

/// <summary>One request from its candidates to its list, on one model and one catalogue from beginning to end.</summary>
internal sealed class RequestRanking(
    ServingModels models, RankerTable rankers, ReRankerTable reRankers, CurrentMerchandising merchandising, ShadowScoring shadows, RankingMetrics metrics, TimeProvider time)
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
            return await ListAsync(request, catalog, state, cancellationToken);
        }
        finally
        {
            state.Leave();
        }
    }

    private async ValueTask<RankResponse> ListAsync(RankRequest request, Catalog catalog, ServingState state, CancellationToken cancellationToken)
    {
        var policies = merchandising.Current;
        var rules = policies.Rules.Of(request.Rules, out var unknown);
        if (unknown > 0)
            metrics.Fallback("unknown_rule");
        var trace = new RuleTrace(rules, request.Explain);
        var filter = new OfferFilter(request, catalog, rules);
        var offers = OfferList.Of(request.Candidates, state.Bundle.Items, filter, trace);
        metrics.Candidates(offers.Count);
        var pins = Pins.Of(rules, filter, trace);
        var response = offers.Count == 0
            ? new RankResponse(Outcomes.Found, state.Version, [], null, request.Explain ? RankExplainer.OfNothing(request, trace) : null)
            : await ListAsync(new ReRankCase(request, request.ReRank ?? ReRankOptions.Default, state, catalog), offers, rules, policies.Weights, trace, pins, cancellationToken);
        trace.Count(metrics);
        return offers.Count > 0 || pins is null ? response : response with { Items = PinnedList.Of([], pins, request.Count, static _ => 0), Pins = pins };
    }

    private async ValueTask<RankResponse> ListAsync(
        ReRankCase about, List<Offer> offers, ActiveRules rules, WeightBook weights, RuleTrace trace, List<PinnedItem>? pins, CancellationToken cancellationToken)
    {
        var (request, state) = (about.Request, about.State);
        var slate = _slates.Rent();
        try
        {
            var count = Math.Max(0, request.Count);
            slate.Fill(offers, count);
            var ordered = await rankers.For(request.Ranker).ScoreAsync(state, request, offers, slate.Shown, cancellationToken);
            if (ordered)
                shadows.Offer(state, request, offers, slate.Shown.Span);
            var started = time.GetTimestamp();
            var steps = Ordering.Apply(slate, ordered, about, rules, weights, reRankers, trace);
            var items = pins is null ? slate.Best() : PinnedList.Of(slate.Best(), pins, count, slate.ShownOf);
            metrics.Ordered(time.GetElapsedTime(started));
            var explanation = steps is null
                ? null
                : await RankExplainer.OfAsync(items, slate, about, steps, ordered && !weights.IsRankerAlone ? weights : null, trace, ordered, cancellationToken);
            var rows = request.Rows ? FeatureRows.Of(items, slate, state, request, ordered) : null;
            return new RankResponse(Outcomes.Found, state.Version, items, pins, explanation, Rows: rows);
        }
        finally
        {
            _slates.Return(slate);
        }
    }
}
