using Splitrail.Local.Sidecar.Resources;
using Splitrail.Local.Sidecar.Storage;

namespace Splitrail.Local.Sidecar.State;

/// <summary>One state component: a table on the shared SQLite log.</summary>
internal sealed class StateStore(ComponentSpec component, string appId, SqliteLog log, TimeProvider time)
{
    /// <summary>Expired rows are invisible at once and removed by the next write to their key or by the sweep.</summary>
    public const string Schema = """
        CREATE TABLE IF NOT EXISTS state(
            store TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL, etag TEXT NOT NULL, expires_ms INTEGER, PRIMARY KEY(store, key)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS first_writes(store TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY(store, key)) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS state_by_expiry ON state(store, expires_ms) WHERE expires_ms IS NOT NULL;
        """;

    public string Name => component.Name;

    public IStateSemantics Semantics { get; } = component.Type == "state.redis" ? new RedisSemantics(component["ttlInSeconds"]) : new StrictSemantics();

    public StateItem? Get(string key) => log.Read(session => Get(session, FullKey(key)));

    /// <summary>Each write for itself: one that may not be made does not keep the others back.</summary>
    public Task<IReadOnlyList<StateFault>> SaveAsync(IReadOnlyList<StateWrite> writes) => log.WriteAsync<IReadOnlyList<StateFault>>(session =>
    {
        List<StateFault> faults = [];
        foreach (var write in writes)
        {
            if (Apply(session, write, inTransaction: false) is { } fault)
                faults.Add(fault);
        }

        return faults;
    });

    /// <summary>All or nothing where the semantics say so.</summary>
    /// <returns>The first fault.</returns>
    public Task<StateFault?> TransactAsync(IReadOnlyList<StateWrite> writes) => log.WriteAsync(session =>
    {
        if (Semantics.TransactionsAreAtomic)
        {
            var refused = writes.Select(write => Check(session, write, out _, out _)).FirstOrDefault(fault => fault is not null);
            if (refused is not null)
                return refused;
        }

        StateFault? first = null;
        foreach (var write in writes)
            first = Apply(session, write, inTransaction: true) is { } fault ? first ?? fault : first;
        return first;
    });

    /// <returns>Expired rows removed.</returns>
    public Task<int> SweepAsync() => log.WriteAsync(session => session.Execute("DELETE FROM state WHERE store = $0 AND expires_ms IS NOT NULL AND expires_ms <= $1", Name, Now));

    public string FullKey(string key) => component["keyPrefix"] switch
    {
        null or "" or "appid" => $"{appId}||{key}",
        "none" => key,
        "name" => $"{Name}||{key}",
        "namespace" => $"{appId}||{key}",
        { } text => $"{text}||{key}",
    };

    private StateFault? Check(SqliteSession session, StateWrite write, out StateItem? current, out long? expires)
    {
        expires = null;
        var key = FullKey(write.Key);
        current = Get(session, key);
        if (write.OptionFault is { } option)
            return StateFault.Other(option);
        var fault = Semantics.Check(key, write, current);
        return fault is null && write.Value is not null ? Semantics.Expiry(write, current, Now, out expires) : fault;
    }

    private StateFault? Apply(SqliteSession session, StateWrite write, bool inTransaction)
    {
        if (Check(session, write, out var current, out var expires) is { } fault)
            return fault;
        var key = FullKey(write.Key);
        if (write.Value is null || current is null)
            session.Execute("DELETE FROM first_writes WHERE store = $0 AND key = $1", Name, key);
        if (write.Value is null)
        {
            session.Execute("DELETE FROM state WHERE store = $0 AND key = $1", Name, key);
            return null;
        }

        // Transactions on Redis leave no mark.
        if (write.IsFirstWrite && !inTransaction)
            session.Execute("INSERT INTO first_writes(store, key) VALUES($0, $1) ON CONFLICT DO NOTHING", Name, key);

        session.Execute(
            """
            INSERT INTO state(store, key, value, etag, expires_ms) VALUES($0, $1, $2, $3, $4)
            ON CONFLICT(store, key) DO UPDATE SET value = excluded.value, etag = excluded.etag, expires_ms = excluded.expires_ms
            """,
            Name, key, write.Value, Semantics.NextETag(current), expires);
        return null;
    }

    private StateItem? Get(SqliteSession session, string fullKey)
    {
        using var rows = session.Query(
            """
            SELECT value, etag, expires_ms, EXISTS(SELECT 1 FROM first_writes f WHERE f.store = $0 AND f.key = $1)
            FROM state WHERE store = $0 AND key = $1 AND (expires_ms IS NULL OR expires_ms > $2)
            """,
            Name, fullKey, Now);
        return rows.Read() ? new StateItem(rows.GetFieldValue<byte[]>(0), rows.GetString(1), rows.IsDBNull(2) ? null : rows.GetInt64(2), rows.GetInt64(3) != 0) : null;
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();
}
