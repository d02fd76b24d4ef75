using Splitrail.Contracts;
using Splitrail.Policies;
using Splitrail.RankingSvc.ReRankers;
using Splitrail.RankingSvc.Rules;
using Splitrail.RankingSvc.Weights;

namespace Splitrail.RankingSvc.Explaining;

/// <summary>Why a list is as it is, from what was kept on the way.</summary>
internal static class RankExplainer
{
    /// <summary>So many of the best are told what their features did; it takes a run of the network for each.</summary>
    private const int WithFeatures = 50;

    /// <summary>Of a request that nothing was left for.</summary>
    public static RankExplanation OfNothing(RankRequest request, RuleTrace trace) => new(request.Ranker ?? RankerNames.Default, request.ReRanker, trace.Effects(), []);

    /// <param name="items">The list.</param>
    /// <param name="slate">What it was made from.</param>
    /// <param name="about">The request and the model.</param>
    /// <param name="steps">The order after each step.</param>
    /// <param name="weights">Null when nothing was weighed.</param>
    /// <param name="trace">What the rules did.</param>
    /// <param name="ordered">A network scored.</param>
    /// <param name="cancellationToken">The caller's deadline.</param>
    public static async ValueTask<RankExplanation> OfAsync(
        ScoredItem[] items, Slate slate, ReRankCase about, RankSteps steps, WeightBook? weights, RuleTrace trace, bool ordered, CancellationToken cancellationToken)
    {
        var places = PlacesOf(items, slate);
        var known = places.Where(static place => place >= 0).Take(WithFeatures).ToArray();
        var features = ordered && about.State.Ranker is { } ranker
            ? await FeatureAblation.OfAsync(about.State, ranker, about.Request, slate.Offers, known, cancellationToken)
            : null;
        var explained = new ItemExplanation[items.Length];
        for (var rank = 0; rank < items.Length; rank++)
        {
            var index = Array.IndexOf(known, places[rank]);
            explained[rank] = Item(items[rank].ItemId, places[rank], rank, slate, about, steps, weights, trace, index < 0 ? null : features?[index]);
        }

        return new RankExplanation(about.Request.Ranker ?? RankerNames.Default, about.Request.ReRanker, trace.Effects(), explained);
    }

    private static ItemExplanation Item(
        string itemId, int place, int rank, Slate slate, in ReRankCase about, RankSteps steps, WeightBook? weights, RuleTrace trace, FeatureContribution[]? features)
    {
        if (place < 0)
            return new ItemExplanation(itemId, null, null, null, null, trace.Of(itemId), null);
        var (ranker, weighed, reRanked) = steps.Of(place);
        return new ItemExplanation(
            itemId,
            steps.RankerScores[place],
            weights is null ? null : new PartScaling(slate, steps.RankerScores, about).Of(place),
            weights?.For(slate.Offers[place].Item.Category),
            new StepRanks(ranker, weighed, reRanked, rank + 1),
            trace.Of(itemId),
            features);
    }

    /// <summary>-1 for an item that was no candidate.</summary>
    private static int[] PlacesOf(ScoredItem[] items, Slate slate)
    {
        var places = new Dictionary<string, int>(slate.Count, StringComparer.Ordinal);
        foreach (var place in slate.Order)
            places.TryAdd(slate.Offers[place].ItemId, place);
        return Array.ConvertAll(items, item => places.GetValueOrDefault(item.ItemId, -1));
    }
}
