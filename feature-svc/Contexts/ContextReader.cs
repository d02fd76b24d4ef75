using System.Data.Common;
using Dapper;
using Splitrail.Contracts;
using Splitrail.Datasets;
using Splitrail.Sql;

namespace Splitrail.FeatureSvc.Contexts;

/// <summary>Reads a user's context: from memory, else from the last events of the user and the session.</summary>
internal sealed class ContextReader(Database database, ContextCache cache, FeatureMetrics metrics, TimeProvider time)
{
    /// <summary>Events looked at, per user and per session: more than the busiest wholesale customer of a shop makes in the 30 days that the filter of bought items needs.</summary>
    public const int MaxEvents = 10_000;

    private const string Columns = "SELECT item_id AS ItemId, type AS Type, at_ms AS AtMs, value_micros AS ValueMicros, seq AS Seq FROM events WHERE type <> 'impression'";
    private static readonly string s_last = $"ORDER BY at_ms DESC LIMIT {MaxEvents}";
    private static readonly string s_ofUser = $"{Columns} AND user_id = @UserId {s_last}";
    private static readonly string s_ofSession = $"{Columns} AND session_id = @SessionId {s_last}";
    // What the user did in the session is among the user's events already.
    private static readonly string s_ofSessionOnly = $"{Columns} AND session_id = @SessionId AND (user_id IS NULL OR user_id <> @UserId) {s_last}";

    /// <exception cref="DatabaseAwayException">The database is away.</exception>
    public ValueTask<UserContext> ReadAsync(ContextRequest asked, CancellationToken cancellationToken)
    {
        var request = new ContextRequest(Storable(asked.UserId), Storable(asked.SessionId));
        if (request is { UserId: null, SessionId: null })
            return ValueTask.FromResult(UserContext.Empty);
        if (!cache.TryGet(request, out var known))
            return FromDatabaseAsync(request, cancellationToken);
        metrics.CountContext("cache");
        return ValueTask.FromResult(known);
    }

    private async ValueTask<UserContext> FromDatabaseAsync(ContextRequest request, CancellationToken cancellationToken)
    {
        var stamp = cache.StampOf(request);
        var readAt = time.GetTimestamp();
        var context = ContextAggregate.Of(await database.ReadAsync((connection, token) => EventsAsync(connection, request, token), cancellationToken));
        cache.Set(request, stamp, readAt, context);
        metrics.CountContext("database");
        return context;
    }

    /// <summary>An id that no event can have (a NUL in it would be an error on PostgreSQL) is nobody's.</summary>
    private static string? Storable(string? id) => id is null || DatasetIds.FaultOf(id) is not null ? null : id;

    private static async Task<IEnumerable<PastEvent>> EventsAsync(DbConnection connection, ContextRequest request, CancellationToken cancellationToken)
    {
        Task<IEnumerable<PastEvent>> QueryAsync(string sql) => connection.QueryAsync<PastEvent>(new CommandDefinition(sql, request, cancellationToken: cancellationToken));

        if (request.UserId is null)
            return await QueryAsync(s_ofSession);
        var ofUser = await QueryAsync(s_ofUser);
        return request.SessionId is null ? ofUser : ofUser.Concat(await QueryAsync(s_ofSessionOnly));
    }
}
