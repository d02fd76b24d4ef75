using Splitrail.CandidateSvc.Serving;
using Splitrail.Contracts;
using Splitrail.Retrieval;

namespace Splitrail.CandidateSvc.Lists;

/// <summary>The most popular items that pass the filters, hence of a category when the filters name one.</summary>
internal static class PopularItems
{
    public static IReadOnlyList<ScoredItem> Of(ServingState state, int count, ItemFilters filters)
    {
        var scores = state.Generator.Popularity;
        var best = new int[Math.Min(count, scores.Length)];
        var found = TopSelection.Select(scores, state.Facts.Allowed(filters), best);
        var items = new ScoredItem[found];
        for (var i = 0; i < found; i++)
            items[i] = new ScoredItem(state.Bundle.Items[best[i]], scores[best[i]]);
        return items;
    }
}
