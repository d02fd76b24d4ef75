using System.Numerics;

namespace Splitrail.Gateway.Caching;

/// <summary>
/// A bounded cache of short-lived values: one slot per hash, a new entry takes the place of the old one. No lock, no list of uses: at a life of
/// seconds what would be evicted by age is nearly always expired already.
/// </summary>
internal sealed class ExpiringCache<TKey, TValue>(string name, int capacity, TimeSpan timeToLive, TimeProvider time, GatewayMetrics metrics)
    where TKey : IEquatable<TKey>
    where TValue : class
{
    private const int SweptPerWrite = 2;

    private readonly Entry?[] _slots = new Entry?[BitOperations.RoundUpToPowerOf2((uint)capacity)];
    private long _hits;
    private long _misses;
    private int _hand;

    public bool IsOn => timeToLive > TimeSpan.Zero;

    public TValue? Find(TKey key)
    {
        var entry = Volatile.Read(ref _slots[SlotOf(key)]);
        var value = entry is not null && entry.Key.Equals(key) && IsFresh(entry) ? entry.Value : null;
        Interlocked.Increment(ref value is null ? ref _misses : ref _hits);
        metrics.CacheLookup(name, value is not null);
        return value;
    }

    public void Set(TKey key, TValue value)
    {
        Volatile.Write(ref _slots[SlotOf(key)], new Entry(key, value, time.GetTimestamp()));
        Sweep();
    }

    /// <summary>Because of an event that the value does not know.</summary>
    public void Remove(TKey key)
    {
        ref var slot = ref _slots[SlotOf(key)];
        if (Volatile.Read(ref slot) is { } entry && entry.Key.Equals(key) && Interlocked.CompareExchange(ref slot, null, entry) == entry && IsFresh(entry))
            metrics.CacheInvalidated(name, "event", 1);
    }

    /// <returns>How many fresh entries were dropped.</returns>
    public int Clear()
    {
        var dropped = 0;
        for (var i = 0; i < _slots.Length; i++)
        {
            if (Interlocked.Exchange(ref _slots[i], null) is { } entry && IsFresh(entry))
                dropped++;
        }

        if (dropped > 0)
            metrics.CacheInvalidated(name, "cleared", dropped);
        return dropped;
    }

    public CacheStatistics Statistics() => new(
        IsOn,
        Interlocked.Read(ref _hits),
        Interlocked.Read(ref _misses),
        _slots.Count(entry => entry is not null && IsFresh(entry)),
        _slots.Length,
        timeToLive.TotalSeconds);

    /// <summary>Expired entries are let go while others are written, or the largest contexts of the day would stay in memory.</summary>
    private void Sweep()
    {
        for (var i = 0; i < SweptPerWrite; i++)
        {
            ref var slot = ref _slots[(Interlocked.Increment(ref _hand) & int.MaxValue) & (_slots.Length - 1)];
            if (Volatile.Read(ref slot) is { } entry && !IsFresh(entry))
                Interlocked.CompareExchange(ref slot, null, entry);
        }
    }

    private int SlotOf(TKey key) => key.GetHashCode() & (_slots.Length - 1);

    private bool IsFresh(Entry entry) => time.GetElapsedTime(entry.WrittenAt) < timeToLive;

    private sealed record Entry(TKey Key, TValue Value, long WrittenAt);
}

/// <summary>One cache in the answer of <c>GET /cache_stats</c>.</summary>
internal sealed record CacheStatistics(bool Enabled, long Hits, long Misses, int Size, int Capacity, double TtlSeconds);
