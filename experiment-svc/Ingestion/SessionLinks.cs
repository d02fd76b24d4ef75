using System.Data.Common;
using Dapper;
using Splitrail.Contracts;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Ingestion;

/// <summary>
/// Sessions that began as a guest's, and the user who logged in: one person with two units, who has seen two arms when the two have. The first
/// login counts: who logs in later on the same session is another person on the same device, and his own exposures are the session's.
/// </summary>
internal sealed class SessionLinks(Database database)
{
    private const string Columns = "session_id AS SessionId, user_id AS UserId, at_ms AS AtMs";

    private static readonly BulkTable<SessionLink> s_table = new("session_links", "session_id",
    [
        new("session_id", static row => row.SessionId),
        new("user_id", static row => row.UserId),
        new("at_ms", static row => row.AtMs),
    ]);

    /// <summary>Keeps the first login of each session.</summary>
    /// <returns>Keys of sessions and users whose link is new or another one.</returns>
    public async Task<IReadOnlyCollection<string>> StoreAsync(DbTransaction transaction, IEnumerable<Exposure> exposures, CancellationToken cancellationToken)
    {
        var arriving = exposures.Where(static one => one is { LinkedUser: not null, UnitKind: UnitKinds.Session })
            .Select(static one => new SessionLink(one.Unit, one.LinkedUser!, one.TimestampMs))
            .GroupBy(static link => link.SessionId, StringComparer.Ordinal).Select(static same => same.Aggregate(static (one, other) => other.IsBefore(one) ? other : one)).ToArray();
        if (arriving.Length == 0)
            return [];
        var held = await OfSessionsAsync(transaction, arriving.Select(static link => link.SessionId), cancellationToken);
        SessionLink[] changed = [.. arriving.Where(link => !held.TryGetValue(link.SessionId, out var known) || link.IsBefore(known))];
        await database.UpsertAsync(transaction, s_table, changed, "UPDATE SET user_id = excluded.user_id, at_ms = excluded.at_ms", cancellationToken);
        return
        [
            .. changed.Select(static link => UnitKey.OfSession(link.SessionId)),
            .. changed.Select(static link => UnitKey.OfUser(link.UserId)),
            .. changed.Select(link => held.GetValueOrDefault(link.SessionId)?.UserId).OfType<string>().Select(UnitKey.OfUser),
        ];
    }

    public async Task<Dictionary<string, SessionLink>> OfSessionsAsync(DbTransaction transaction, IEnumerable<string> sessions, CancellationToken cancellationToken) =>
        (await ReadAsync(transaction, "session_id", sessions, cancellationToken)).ToDictionary(static link => link.SessionId, StringComparer.Ordinal);

    public Task<IReadOnlyCollection<SessionLink>> OfUsersAsync(DbTransaction transaction, IEnumerable<string> users, CancellationToken cancellationToken) =>
        ReadAsync(transaction, "user_id", users, cancellationToken);

    private async Task<IReadOnlyCollection<SessionLink>> ReadAsync(DbTransaction transaction, string column, IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        string[] keys = [.. ids];
        return keys.Length == 0
            ? []
            : [.. await transaction.Connection!.QueryAsync<SessionLink>(new CommandDefinition(
                $"SELECT {Columns} FROM session_links WHERE {database.AnyOf(column, "keys")}", new { keys = database.Keys(keys) }, transaction, cancellationToken: cancellationToken))];
    }
}

internal sealed record SessionLink(string SessionId, string UserId, long AtMs)
{
    public bool IsBefore(SessionLink other) => AtMs < other.AtMs || (AtMs == other.AtMs && string.CompareOrdinal(UserId, other.UserId) < 0);
}
