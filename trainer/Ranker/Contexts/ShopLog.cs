using System.Runtime.InteropServices;
using Splitrail.Contracts;
using Splitrail.Datasets;

namespace Splitrail.Trainer.Ranker.Contexts;

/// <summary>What shoppers did, by shopper: a known user, or a session without one.</summary>
internal sealed class ShopLog
{
    private readonly long[] _timesMs;

    private ShopLog(IReadOnlyList<Shopper> shoppers, long[] timesMs)
    {
        Shoppers = shoppers;
        _timesMs = timesMs;
    }

    /// <summary>In the order of their first event.</summary>
    public IReadOnlyList<Shopper> Shoppers { get; }

    /// <summary>When that share of the events had happened; 0 when there are none.</summary>
    public long MomentAt(double share) => _timesMs.Length == 0 ? 0 : _timesMs[Math.Min((int)(share * _timesMs.Length), _timesMs.Length - 1)];

    /// <param name="events">By time.</param>
    public static ShopLog Of(IEnumerable<EventRow> events)
    {
        var byId = new Dictionary<(string Id, bool Guest), Shopper>();
        var shoppers = new List<Shopper>();
        var times = new List<long>();
        foreach (var row in events)
        {
            if (row.Type == EventTypes.Impression || (row.UserId ?? row.SessionId) is not { } id)
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
