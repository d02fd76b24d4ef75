using System.Runtime.InteropServices;
using Splitrail.Datasets;

namespace Splitrail.Trainer.Ranker.Contexts;

/// <summary>The events that say something of taste, by shopper: a known user, or a session without one.</summary>
internal sealed class ShopLog
{
    private ShopLog(IReadOnlyList<Shopper> shoppers, long[] timesMs)
    {
        Shoppers = shoppers;
        TimesMs = timesMs;
    }

    /// <summary>In the order of their first event.</summary>
    public IReadOnlyList<Shopper> Shoppers { get; }

    /// <summary>Time of each event, ascending.</summary>
    public IReadOnlyList<long> TimesMs { get; }

    /// <param name="events">By time.</param>
    public static ShopLog Of(IEnumerable<EventRow> events)
    {
        var byId = new Dictionary<(string Id, bool Guest), Shopper>();
        var shoppers = new List<Shopper>();
        var times = new List<long>();
        foreach (var row in events)
        {
            if (EventWeights.Of(row.Type, row.ValueMicros) == 0 || (row.UserId ?? row.SessionId) is not { } id)
                continue;
            ref var shopper = ref CollectionsMarshal.GetValueRefOrAddDefault(byId, (id, row.UserId is null), out var known);
            if (!known)
                shoppers.Add(shopper = new Shopper(id, row.UserId is null));
            shopper!.Events.Add(row);
            times.Add(row.TimestampMs);
        }

        return new ShopLog(shoppers, [.. times]);
    }
}

/// <param name="Id">User or session.</param>
/// <param name="IsGuest">A session without a user.</param>
internal sealed record Shopper(string Id, bool IsGuest)
{
    /// <summary>By time.</summary>
    public List<EventRow> Events { get; } = [];

    /// <summary>Position of the first event at or after the moment.</summary>
    public int FirstFrom(long timeMs)
    {
        var (low, high) = (0, Events.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Events[middle].TimestampMs < timeMs)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
