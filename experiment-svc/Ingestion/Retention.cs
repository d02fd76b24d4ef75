using Dapper;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Impressions;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Ingestion;

/// <summary>Deletes raw rows nobody needs any more: those of experiments that ended long ago, whose sums stay, and old events of people who are in no other experiment. Some at a time, so that intake never waits long.</summary>
internal sealed class Retention(Database database, DefinitionStore definitions, IngestionOptions options, TimeProvider time)
{
    private const int Rows = 2000;

    private const string OldIds = "DELETE FROM outcome_inbox WHERE arrived_ms < @before AND event_id IN (SELECT event_id FROM outcome_inbox WHERE arrived_ms < @before LIMIT 2000)";

    // By arrival: an event that is told of late may be waiting for an exposure that is late too.
    private const string NextEvents = "SELECT MAX(at) FROM (SELECT arrived_ms AS at FROM outcomes WHERE arrived_ms >= @after AND arrived_ms < @before ORDER BY arrived_ms LIMIT 2000) AS chunk";
    private const string OldEvents =
        "DELETE FROM outcomes WHERE arrived_ms >= @after AND arrived_ms <= @last AND NOT EXISTS (SELECT 1 FROM unit_exposures e WHERE e.unit = 'u:' || outcomes.user_id) "
        + "AND NOT EXISTS (SELECT 1 FROM unit_exposures e WHERE e.unit = 's:' || outcomes.session_id)";

    /// <summary>Older events were looked at, and whose people are in some experiment stay until one is sealed.</summary>
    private long _lookedAtUntil;

    /// <returns>How many rows were deleted.</returns>
    /// <exception cref="DatabaseAwayException">The database is away; what is left is done next time.</exception>
    public async Task<long> RunAsync(CancellationToken cancellationToken)
    {
        var before = (time.GetUtcNow() - options.Retention).ToUnixTimeMilliseconds();
        var ended = (await definitions.ReadAsync(cancellationToken)).Records
            .Where(record => record.State is ExperimentState.Ended or ExperimentState.Archived && record.Lifecycle.EndedMs < before).Select(static record => record.Id).ToArray();
        var deleted = 0L;
        foreach (var experiment in ended)
        {
            if (!await SealAsync(experiment, cancellationToken))
                continue;
            _lookedAtUntil = 0;
            deleted += await WalkAsync("contributions", "person", experiment, cancellationToken) + await WalkAsync("unit_exposures", "unit", experiment, cancellationToken)
                + await RepeatAsync($"DELETE FROM team_lists WHERE experiment = @experiment AND request_id IN (SELECT request_id FROM team_lists WHERE experiment = @experiment LIMIT {Rows})", new { experiment }, cancellationToken);
            await ExecuteAsync("UPDATE experiment_intake SET cleared_ms = @now WHERE experiment = @experiment", new { experiment, now = time.GetUtcNow().ToUnixTimeMilliseconds() }, cancellationToken);
        }

        return deleted + await EventsAsync(before, cancellationToken) + await RepeatAsync(OldIds, new { before }, cancellationToken)
            + await RepeatAsync(AnswerMinutes.DeleteOld, new { before }, cancellationToken) + await RepeatAsync(ServedListStore.DeleteOld, new { before }, cancellationToken);
    }

    /// <summary>From here on nothing changes its sums, so a kill before the rows are gone does no harm.</summary>
    /// <returns>False when the rows were gone before.</returns>
    private Task<bool> SealAsync(string experiment, CancellationToken cancellationToken) => database.WriteAsync(IntakeTransaction.Purpose, async (transaction, token) =>
    {
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "INSERT INTO experiment_intake (experiment, sealed_ms) VALUES (@experiment, @now) ON CONFLICT (experiment) DO UPDATE SET sealed_ms = COALESCE(experiment_intake.sealed_ms, excluded.sealed_ms)",
            new { experiment, now = time.GetUtcNow().ToUnixTimeMilliseconds() }, transaction, cancellationToken: token));
        return await transaction.Connection!.ExecuteScalarAsync<long?>(new CommandDefinition(
            "SELECT cleared_ms FROM experiment_intake WHERE experiment = @experiment", new { experiment }, transaction, cancellationToken: token)) is null;
    }, cancellationToken);

    /// <summary>Once along the key, some rows at a time: tables begin with other experiments' people, and to look for the first row anew each time would be a pass through all of them for each chunk.</summary>
    private async Task<long> WalkAsync(string table, string key, string experiment, CancellationToken cancellationToken)
    {
        var (deleted, after) = (0L, "");
        while (await NextAsync<string?>($"SELECT MAX(k) FROM (SELECT {key} AS k FROM {table} WHERE experiment = @experiment AND {key} > @after ORDER BY {key} LIMIT {Rows}) AS chunk", new { experiment, after }, cancellationToken) is { } last)
        {
            deleted += await ExecuteAsync($"DELETE FROM {table} WHERE experiment = @experiment AND {key} > @after AND {key} <= @last", new { experiment, after, last }, cancellationToken);
            after = last;
        }

        return deleted;
    }

    private async Task<long> EventsAsync(long before, CancellationToken cancellationToken)
    {
        var (deleted, after) = (0L, _lookedAtUntil);
        while (await NextAsync<long?>(NextEvents, new { after, before }, cancellationToken) is { } last)
        {
            deleted += await ExecuteAsync(OldEvents, new { after, last }, cancellationToken);
            after = last + 1;
        }

        _lookedAtUntil = Math.Max(_lookedAtUntil, before);
        return deleted;
    }

    private Task<T?> NextAsync<T>(string query, object parameters, CancellationToken cancellationToken) => database.ScanAsync(
        (connection, token) => connection.ExecuteScalarAsync<T>(new CommandDefinition(query, parameters, cancellationToken: token)), cancellationToken);

    private Task<long> ExecuteAsync(string statement, object parameters, CancellationToken cancellationToken) => database.WriteAsync(
        IntakeTransaction.Purpose,
        async (transaction, token) => (long)await transaction.Connection!.ExecuteAsync(new CommandDefinition(statement, parameters, transaction, cancellationToken: token)), cancellationToken);

    private async Task<long> RepeatAsync(string statement, object parameters, CancellationToken cancellationToken)
    {
        var (deleted, now) = (0L, 0L);
        do
        {
            now = await ExecuteAsync(statement, parameters, cancellationToken);
            deleted += now;
        }
        while (now > 0);
        return deleted;
    }
}
