using Splitrail.Contracts;

namespace Splitrail.Trainer.Import.Formats;

/// <summary>Makes the catalogue out of invoice lines: title by votes, price by median, category from the titles' head nouns.</summary>
internal sealed class OnlineRetailCatalogue
{
    private readonly Dictionary<string, (TitleVotes Titles, PriceMedian Prices)> _items = new(StringComparer.Ordinal);

    public void Add(string id, string description, long priceMicros)
    {
        if (!_items.TryGetValue(id, out var item)) _items.Add(id, item = (new TitleVotes(), new PriceMedian()));
        item.Titles.Add(description);
        item.Prices.Add(priceMicros);
    }

    public IEnumerable<CatalogItem> Items()
    {
        var titles = _items.ToDictionary(item => item.Key, item => item.Value.Titles.Winner() ?? item.Key, StringComparer.Ordinal);
        var categories = HeadNounCategories.Learn(titles.Values);
        return _items.OrderBy(item => item.Key, StringComparer.Ordinal).Select(item => new CatalogItem(
            item.Key, TitleCase.Of(titles[item.Key]), categories.CategoryOf(titles[item.Key]), item.Value.Prices.Price(), null));
    }
}
