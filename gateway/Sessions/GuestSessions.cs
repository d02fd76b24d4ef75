using System.Threading.Channels;
using Splitrail.Contracts;
using Splitrail.Dapr;
using Splitrail.Gateway.Caching;

namespace Splitrail.Gateway.Sessions;

/// <summary>
/// Which sessions began as a guest's. After login such a session keeps its arms until it ends, in every replica: what one replica saw of the guest is in the
/// state store, and each keeps what it wrote or read (docs/decisions/0013).
/// </summary>
internal sealed class GuestSessions(DaprClient dapr, GatewayOptions options, GatewayMetrics metrics, TimeProvider time)
{
    /// <summary>As the metrics of caches name it.</summary>
    public const string CacheName = "guest_sessions";

    /// <summary>How long a session that had its user from the start is not asked for again.</summary>
    private static readonly TimeSpan s_usersLife = TimeSpan.FromMinutes(10);

    private readonly ExpiringCache<string, GuestSession> _guests = new(CacheName, options.SessionCacheSize, options.SessionLife, time, metrics);
    private readonly ExpiringCache<string, GuestSession> _users = new("user_sessions", options.SessionCacheSize, s_usersLife, time, metrics);
    private readonly Channel<string> _toStore =
        Channel.CreateBounded<string>(new BoundedChannelOptions(options.ExposureBufferSize) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    /// <summary>Sessions that the state store is still to be told of.</summary>
    public ChannelReader<string> ToStore => _toStore.Reader;

    /// <summary>Escaped: the sidecar refuses keys with two '|' in a row, and ids may have them.</summary>
    public static string KeyOf(string sessionId) => $"guest-session-{Uri.EscapeDataString(sessionId)}";

    /// <summary>A guest was served. Never waits: the store hears of it within the delay of a batch, and a login takes longer.</summary>
    public void Saw(string sessionId, long nowMs)
    {
        if (_guests.Find(sessionId) is not null)
            return;
        _guests.Set(sessionId, new GuestSession(nowMs));
        if (!_toStore.Writer.TryWrite(sessionId))
            metrics.GuestSession("dropped");
    }

    /// <summary>Whether a session, of a user by now, began as a guest's. When the store does not say in time it counts as the user's.</summary>
    public async ValueTask<bool> BeganAsGuestAsync(string sessionId, CancellationToken limit)
    {
        if (_guests.Find(sessionId) is not null)
            return true;
        if (_users.Find(sessionId) is not null)
            return false;
        var started = time.GetTimestamp();
        var answer = await dapr.GetStateAsync(Components.StateStore, KeyOf(sessionId), ContractsJson.Default.GuestSession, limit);
        metrics.CacheOperation(CacheName, "get", time.GetElapsedTime(started));
        if (answer.Fault is not null)
        {
            metrics.GuestSession("unknown");
            return false;
        }

        answer.TryGetValue(out var found, out _);
        (found is null ? _users : _guests).Set(sessionId, found ?? new GuestSession(0));
        metrics.GuestSession(found is null ? "user" : "kept");
        return found is not null;
    }

    /// <summary>No more will come: the writer stores what is left.</summary>
    public void Complete() => _toStore.Writer.TryComplete();
}
