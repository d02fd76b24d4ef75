using Splitrail.Contracts;

namespace Splitrail.Gateway.Caching;

/// <summary>Users' contexts for at most a second; an event that passes this gateway drops its user's.</summary>
internal sealed class ContextCache(GatewayOptions options, TimeProvider time, GatewayMetrics metrics)
{
    private readonly ExpiringCache<Key, Held> _contexts = new("context", options.ContextCacheSize, options.ContextCacheTtl, time, metrics);

    public bool IsOn => _contexts.IsOn;

    public UserContext? Find(string? userId, string? sessionId) =>
        _contexts.Find(Key.Of(userId, sessionId)) is { } held && held.SessionId == sessionId ? held.Context : null;

    public void Set(string? userId, string? sessionId, UserContext context) => _contexts.Set(Key.Of(userId, sessionId), new Held(sessionId, context));

    public void Drop(string? userId, string? sessionId)
    {
        if (userId is not null)
            _contexts.Remove(Key.Of(userId, null));
        if (sessionId is not null)
            _contexts.Remove(Key.Of(null, sessionId));
    }

    public int Clear() => _contexts.Clear();

    public CacheStatistics Statistics() => _contexts.Statistics();

    /// <summary>One entry per user whatever the session, so that an event that names the user alone finds it.</summary>
    private readonly record struct Key(string Id, bool IsSession)
    {
        public static Key Of(string? userId, string? sessionId) => userId is not null ? new(userId, false) : new(sessionId ?? "", true);
    }

    private sealed record Held(string? SessionId, UserContext Context);
}
