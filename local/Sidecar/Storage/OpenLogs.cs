using System.Collections.Concurrent;

namespace Splitrail.Local.Sidecar.Storage;

/// <summary>Closes the logs when the host is disposed, after everybody who writes to them has stopped.</summary>
internal sealed class OpenLogs : IAsyncDisposable
{
    private readonly ConcurrentBag<SqliteLog> _logs = [];

    public void Add(SqliteLog log) => _logs.Add(log);

    public async ValueTask DisposeAsync()
    {
        foreach (var log in _logs)
            await log.DisposeAsync().ConfigureAwait(false);
    }
}
