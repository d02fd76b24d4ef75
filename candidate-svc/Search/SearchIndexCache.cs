using Splitrail.Contracts;
using Splitrail.Feeds;

namespace Splitrail.CandidateSvc.Search;

/// <summary>Builds the index again only when texts changed: stock and prices change all day, titles hardly ever.</summary>
internal sealed class SearchIndexCache
{
    private SearchIndex? _index;

    /// <summary>Called by one thread.</summary>
    public SearchIndex For(Catalog catalog)
    {
        if (_index is not { } index || !HasTextsOf(index, catalog))
            _index = index = SearchIndex.Of(catalog.Items.Values);
        return index;
    }

    private static bool HasTextsOf(SearchIndex index, Catalog catalog) =>
        index.Items.Length == catalog.Items.Count
        && index.Items.All(old => catalog.Find(old.ItemId) is { } now && (ReferenceEquals(now, old) || SameTexts(now, old)));

    private static bool SameTexts(CatalogItem a, CatalogItem b) =>
        a.Title == b.Title && a.Category == b.Category && (a.Attributes?.Values ?? []).SequenceEqual(b.Attributes?.Values ?? []);
}
