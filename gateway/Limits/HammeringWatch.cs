using System.Collections.Concurrent;

namespace Splitrail.Gateway.Limits;

/// <summary>Counts refusals of each client within a minute. Nothing of a client is kept longer, logged or published.</summary>
internal sealed class HammeringWatch(int after, TimeProvider time)
{
    private const int MaxClients = 100_000;
    private Minute _minute = new(0);

    /// <returns>True once per client and minute: it was refused so often that it does not heed what it is told.</returns>
    public bool Refused(string client)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds() / 60;
        var minute = _minute;
        if (minute.Number != now)
        {
            var next = new Minute(now);
            minute = Interlocked.CompareExchange(ref _minute, next, minute) == minute ? next : _minute;
        }

        if (minute.Clients.Count >= MaxClients && !minute.Clients.ContainsKey(client))
            return false;
        return minute.Clients.AddOrUpdate(client, 1, static (_, refused) => refused + 1) == after;
    }

    private sealed class Minute(long number)
    {
        public long Number { get; } = number;

        public ConcurrentDictionary<string, int> Clients { get; } = new(StringComparer.Ordinal);
    }
}
