using System.Collections.Frozen;
using Splitrail.Local.Sidecar.Storage;

namespace Splitrail.Local.Sidecar.Invocation;

/// <summary>
/// How sidecars of one run find each other's apps, across processes: each writes its app's address and a heartbeat into a table of the state folder. It stands in
/// for daprd's name resolution; the caller's sidecar calls the app directly, so that a call is one hop and not two.
/// </summary>
internal sealed class AddressBook : BackgroundService
{
    public const string Schema = """
        CREATE TABLE IF NOT EXISTS apps(app_id TEXT NOT NULL, instance TEXT NOT NULL, address TEXT NOT NULL, beat_ms INTEGER NOT NULL, PRIMARY KEY(app_id, instance)) WITHOUT ROWID;
        """;

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(250);

    /// <summary>Five missed beats: the process was killed.</summary>
    private static readonly TimeSpan DeadAfter = TimeSpan.FromSeconds(5);

    private readonly SidecarOptions _options;
    private readonly SqliteLog _log;
    private readonly TimeProvider _time;
    private readonly string _instance = Guid.NewGuid().ToString("N");
    private readonly Lock _gate = new();
    private FrozenDictionary<string, AppInstances> _apps = FrozenDictionary<string, AppInstances>.Empty;
    private long _version;

    public AddressBook(SidecarOptions options, SqliteLog log, TimeProvider time)
    {
        _options = options;
        _log = log;
        _time = time;
    }

    /// <summary>The instances of an app; null when none is known, after looking once more.</summary>
    public AppInstances? Find(string appId)
    {
        if (_apps.TryGetValue(appId, out var instances))
            return instances;
        lock (_gate)
        {
            // A storm of calls to an unknown app must not become a storm of queries.
            if (_log.Version() != _version)
                Load();
        }

        return _apps.GetValueOrDefault(appId);
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await RegisterAsync().ConfigureAwait(false);
        lock (_gate)
            Load();
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        await _log.WriteAsync(session => session.Execute("DELETE FROM apps WHERE app_id = $0 AND instance = $1", _options.AppId, _instance)).ConfigureAwait(false);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Refresh, _time);
        var beaten = _time.GetTimestamp();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            if (_time.GetElapsedTime(beaten) >= Beat)
            {
                beaten = _time.GetTimestamp();
                await RegisterAsync().ConfigureAwait(false);
            }

            lock (_gate)
                Load();
        }
    }

    private Task<int> RegisterAsync()
    {
        // A sidecar without an app is known too: who calls it is told that there is no app, not that nobody has the name.
        var address = _options.AppAddress?.GetLeftPart(UriPartial.Authority) ?? "";
        return _log.WriteAsync(session => session.Execute(
            "INSERT INTO apps(app_id, instance, address, beat_ms) VALUES($0, $1, $2, $3) ON CONFLICT(app_id, instance) DO UPDATE SET beat_ms = excluded.beat_ms",
            _options.AppId, _instance, address, Now)
            + session.Execute("DELETE FROM apps WHERE beat_ms < $0", Now - (long)DeadAfter.TotalMilliseconds));
    }

    private void Load()
    {
        _version = _log.Version();
        var found = _log.Read(session =>
        {
            using var rows = session.Query("SELECT app_id, address FROM apps WHERE beat_ms >= $0 ORDER BY app_id, instance", Now - (long)DeadAfter.TotalMilliseconds);
            List<(string AppId, string Address)> list = [];
            while (rows.Read())
                list.Add((rows.GetString(0), rows.GetString(1)));
            return list;
        });
        var known = _apps;
        _apps = found.GroupBy(one => one.AppId, one => one.Address).ToFrozenDictionary(
            group => group.Key,
            group =>
            {
                string[] addresses = [.. group.Where(static address => address.Length > 0)];
                return known.TryGetValue(group.Key, out var same) && same.Addresses.SequenceEqual(addresses) ? same : new AppInstances(addresses, _time);
            });
    }

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();
}
