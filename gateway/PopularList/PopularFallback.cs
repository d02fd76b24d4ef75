using Splitrail.Feeds;
using Splitrail.Gateway.Lists;

namespace Splitrail.Gateway.PopularList;

/// <summary>Fallback level 3: the gateway's own popular list, filled up from a random sample of the catalogue.</summary>
internal sealed class PopularFallback(PopularItems popular, GatewayOptions options)
{
    private static readonly string[] s_sampleSources = ["sample"];

    private readonly CatalogSample _sample = new(options.SampleSeed);

    /// <param name="shelf">Is filled as far as its filter allows.</param>
    /// <param name="catalog">The request's.</param>
    /// <param name="category">What comes first when there is such a category; null for no preference.</param>
    public void Fill(Shelf shelf, Catalog catalog, string? category)
    {
        if (popular.Current is { } list)
        {
            if (category is not null)
                FillFromCategory(shelf, list, catalog, category);
            shelf.AddAll(list, ReasonWords.Impersonal);
        }

        if (!shelf.IsFull)
            FillFromSample(shelf, catalog);
    }

    private static void FillFromCategory(Shelf shelf, RankedList list, Catalog catalog, string category)
    {
        for (var i = 0; i < list.Items.Count && !shelf.IsFull; i++)
        {
            if (string.Equals(catalog.Find(list.Items[i].ItemId)?.Category, category, StringComparison.OrdinalIgnoreCase))
                shelf.TryAdd(list.Items[i], [], ReasonWords.Impersonal);
        }
    }

    private void FillFromSample(Shelf shelf, Catalog catalog)
    {
        foreach (var itemId in _sample.Of(catalog))
        {
            if (shelf.IsFull)
                return;
            shelf.TryAdd(new RankedItem(itemId, 0, s_sampleSources), [], ReasonWords.Impersonal);
        }
    }
}
