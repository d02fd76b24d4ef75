using System.Runtime.InteropServices;
using Splitrail.Contracts;
using Splitrail.Datasets;

namespace Splitrail.FeatureSvc.Contexts;

/// <summary>Events of a user to what the other services want to know of the user. The order of the events does not matter.</summary>
internal static class ContextAggregate
{
    private const double Micros = 1e6;

    public static UserContext Of(IEnumerable<PastEvent> events)
    {
        var items = new Dictionary<string, Interest>(StringComparer.Ordinal);
        var (version, count, last, bought, logPrices) = (0L, 0, long.MinValue, 0, 0d);
        foreach (var past in events)
        {
            var weight = EventWeights.Of(past.Type, past.ValueMicros);
            ref var interest = ref CollectionsMarshal.GetValueRefOrAddDefault(items, past.ItemId, out _);
            interest.Add(weight, past.AtMs, EventWeights.IsPurchase(past.Type, past.ValueMicros));
            version = Math.Max(version, past.Seq);
            last = Math.Max(last, past.AtMs);
            if (weight != 0)
                count++;
            // A rating's value is stars, not a price.
            if (past is { Type: EventTypes.Purchase, ValueMicros: > 0 })
                (bought, logPrices) = (bought + 1, logPrices + Math.Log(past.ValueMicros / Micros));
        }

        return items.Count == 0
            ? UserContext.Empty
            : new UserContext(version, count, bought == 0 ? null : logPrices / bought, last, History(items));
    }

    private static HistoryItem[] History(Dictionary<string, Interest> items) =>
    [
        .. items
            .OrderByDescending(static item => item.Value.LastMs)
            .ThenBy(static item => item.Key, StringComparer.Ordinal)
            .Take(UserContext.MaxHistory)
            .Select(static item => new HistoryItem(item.Key, (float)item.Value.Weight, item.Value.LastMs, item.Value.Bought, item.Value.LastBoughtMs)),
    ];

    private struct Interest
    {
        public double Weight;
        public long LastMs;
        public int Bought;
        public long? LastBoughtMs;

        public void Add(float weight, long atMs, bool bought)
        {
            // As decimals would: summed in any order, the same float comes out.
            Weight = Math.Round(Weight + weight, 6);
            LastMs = Math.Max(LastMs, atMs);
            if (!bought)
                return;
            Bought++;
            LastBoughtMs = Math.Max(LastBoughtMs ?? atMs, atMs);
        }
    }
}
