using Splitrail.Contracts;
using Splitrail.Datasets;

namespace Splitrail.Trainer.Import.Formats;

/// <summary>Makes the catalogue out of events that repeat their item's title, category, price and stock.</summary>
internal sealed class MappedCatalogue
{
    private readonly Dictionary<string, Draft> _items = new(StringComparer.Ordinal);

    public void Add(in EventRow row, string title, string category, long? priceMicros, int? stock)
    {
        if (!_items.TryGetValue(row.ItemId, out var draft)) _items.Add(row.ItemId, draft = new Draft());
        draft.Titles.Add(title);
        draft.Category.Offer(row.TimestampMs, category);
        draft.Stock.Offer(row.TimestampMs, stock?.ToString() ?? "");
        if (priceMicros is { } micros) draft.Prices.Add(micros);
    }

    public IEnumerable<CatalogItem> Items() => _items.OrderBy(item => item.Key, StringComparer.Ordinal).Select(item => new CatalogItem(
        item.Key,
        item.Value.Titles.Winner() ?? item.Key,
        item.Value.Category.Value,
        item.Value.Prices.Price(),
        item.Value.Stock.Value is { Length: > 0 } stock ? int.Parse(stock) : null));

    private sealed class Draft
    {
        public TitleVotes Titles { get; } = new();

        public LatestText Category { get; } = new();

        public LatestText Stock { get; } = new();

        public PriceMedian Prices { get; } = new();
    }
}
