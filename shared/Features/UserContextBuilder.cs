using Splitrail.Contracts;
using Splitrail.Datasets;

namespace Splitrail.Features;

/// <summary>
/// Folds a shopper's events, oldest first, into the context that requests carry. Training replays the past through it, so what a feature
/// means there is what it means when a request is answered.
/// </summary>
public sealed class UserContextBuilder
{
    private readonly Dictionary<string, HistoryItem> _items = new(StringComparer.Ordinal);
    private int _events;
    private int _priced;
    private double _logPrices;
    private long? _lastMs;

    /// <summary>Impressions say nothing; a rating in the middle is remembered with a weight of 0.</summary>
    public void Add(in EventRow row)
    {
        if (row.Type == EventTypes.Impression)
            return;
        var weight = EventWeights.Of(row.Type, row.ValueMicros);
        _events += weight == 0 ? 0 : 1;
        _lastMs = Math.Max(_lastMs ?? long.MinValue, row.TimestampMs);
        if (row.Type == EventTypes.Purchase && row.ValueMicros > 0)
            (_priced, _logPrices) = (_priced + 1, _logPrices + Math.Log(row.ValueMicros / 1e6));
        var past = _items.GetValueOrDefault(row.ItemId) ?? new HistoryItem(row.ItemId, 0, long.MinValue, 0, null);
        var isRating = row.Type == EventTypes.Rating;
        // Who rates what he bought has not bought it again.
        var bought = EventWeights.IsPurchase(row.Type, row.ValueMicros) && !(isRating && past.Bought > 0);
        _items[row.ItemId] = past with
        {
            Weight = past.Weight + weight,
            LastMs = Math.Max(past.LastMs, row.TimestampMs),
            Bought = past.Bought + (bought ? 1 : 0),
            LastBoughtMs = bought ? Math.Max(past.LastBoughtMs ?? long.MinValue, row.TimestampMs) : past.LastBoughtMs,
            Rating = isRating ? (float)(row.ValueMicros / 1e6) : past.Rating,
        };
    }

    public UserContext Build() => _items.Count == 0
        ? UserContext.Empty
        : new UserContext(
            _events,
            _events,
            _priced > 0 ? _logPrices / _priced : null,
            _lastMs,
            [.. _items.Values.OrderByDescending(item => item.LastMs).ThenBy(item => item.ItemId, StringComparer.Ordinal).Where(IsKept)]);

    private bool IsKept(HistoryItem item, int place) =>
        place < UserContext.MaxHistory || item.LastBoughtMs >= _lastMs - UserContext.BoughtWindowMs;
}
