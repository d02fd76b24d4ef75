using Splitrail.CandidateSvc.Serving;
using Splitrail.Contracts;
using Splitrail.Feeds;

namespace Splitrail.CandidateSvc.Lists;

/// <summary>Search results that pass the filters as the catalogue is now; among equal texts the popular one comes first.</summary>
internal static class FoundItems
{
    private const float PopularityWeight = 0.1f;

    public static IReadOnlyList<ScoredItem> For(ServingState state, string query, int count, ItemFilters filters)
    {
        var found = new List<ScoredItem>();
        foreach (var (position, score) in state.Search.Search(query))
        {
            var item = state.Catalog.Find(state.Search.Items[position].ItemId);
            if (item is not null && CatalogItemFilter.Passes(filters, item))
                found.Add(new ScoredItem(item.ItemId, (float)score + PopularityWeight * PopularityOf(state, item.ItemId)));
        }

        found.Sort(static (a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : string.CompareOrdinal(a.ItemId, b.ItemId));
        return found.Count > count ? found.GetRange(0, count) : found;
    }

    private static float PopularityOf(ServingState state, string itemId) =>
        state.Bundle.Items.Find(itemId) is >= 0 and var item ? state.Generator.Popularity[item] : 0f;
}
