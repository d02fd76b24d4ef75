using System.Diagnostics.CodeAnalysis;
using Splitrail.Contracts;

namespace Splitrail.FeatureSvc.Contexts;

/// <summary>
/// Contexts by user and session. An event stored here makes its user's and its session's entries stale at once; one stored by another replica is
/// seen when the entry has lived its time.
/// </summary>
internal sealed class ContextCache(FeatureOptions options, TimeProvider time)
{
    private readonly LruMap<ContextRequest, Entry> _entries = new(options.ContextCacheSize);
    private readonly WriteStamps _stamps = new();

    /// <summary>Take it before reading the database: an event stored during the read must make the result stale.</summary>
    public (long User, long Session) StampOf(ContextRequest key) => (_stamps.Of(key.UserId), _stamps.Of(key.SessionId));

    public bool TryGet(ContextRequest key, [NotNullWhen(true)] out UserContext? context)
    {
        context = null;
        if (!_entries.TryGet(key, out var entry) || entry.Stamp != StampOf(key) || time.GetElapsedTime(entry.ReadAt) > options.ContextTtl)
            return false;
        context = entry.Context;
        return true;
    }

    public void Set(ContextRequest key, (long User, long Session) stamp, long readAt, UserContext context) =>
        _entries.Set(key, new Entry(context, stamp, readAt));

    /// <summary>Call after the commit.</summary>
    public void Invalidate(ShopEvent stored)
    {
        _stamps.Touch(stored.UserId);
        _stamps.Touch(stored.SessionId);
    }

    private sealed record Entry(UserContext Context, (long User, long Session) Stamp, long ReadAt);
}
