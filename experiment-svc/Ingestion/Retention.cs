using Dapper;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Impressions;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Ingestion;

/// <summary>Deletes raw rows nobody needs any more: those of experiments that ended long ago, whose sums stay, and old events of people who are in no other experiment. Some at a time, so that intake never waits long.</summary>
internal sealed class Retention(Database database, DefinitionStore definitions, IngestionOptions options, TimeProvider time)
{
    private const int Rows = 2000;

    // By arrival: an event that is told of late may be waiting for an exposure that is late too.
    private const string OldEvents =
        "DELETE FROM outcomes WHERE event_id IN (SELECT event_id FROM outcomes WHERE arrived_ms < @before "
        + "AND NOT EXISTS (SELECT 1 FROM unit_exposures e WHERE e.unit = 'u:' || outcomes.user_id) "
        + "AND NOT EXISTS (SELECT 1 FROM unit_exposures e WHERE e.unit = 's:' || outcomes.session_id) LIMIT 2000)";

    private const string OldIds = "DELETE FROM outcome_inbox WHERE arrived_ms < @before AND event_id IN (SELECT event_id FROM outcome_inbox WHERE arrived_ms < @before LIMIT 2000)";

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
            if (await SealAsync(experiment, cancellationToken))
                deleted += await RepeatAsync($"DELETE FROM contributions WHERE experiment = @experiment AND person IN (SELECT person FROM contributions WHERE experiment = @experiment LIMIT {Rows})", new { experiment }, cancellationToken)
                    + await RepeatAsync($"DELETE FROM unit_exposures WHERE experiment = @experiment AND unit IN (SELECT unit FROM unit_exposures WHERE experiment = @experiment LIMIT {Rows})", new { experiment }, cancellationToken)
                    + await RepeatAsync($"DELETE FROM team_lists WHERE experiment = @experiment AND request_id IN (SELECT request_id FROM team_lists WHERE experiment = @experiment LIMIT {Rows})", new { experiment }, cancellationToken);
        }

        return deleted + await RepeatAsync(OldEvents, new { before }, cancellationToken) + await RepeatAsync(OldIds, new { before }, cancellationToken)
            + await RepeatAsync(AnswerMinutes.DeleteOld, new { before }, cancellationToken) + await RepeatAsync(ServedListStore.DeleteOld, new { before }, cancellationToken);
    }

    /// <summary>From here on nothing changes its sums, so a kill before the rows are gone does no harm.</summary>
    /// <returns>False when the rows were gone before.</returns>
    private Task<bool> SealAsync(string experiment, CancellationToken cancellationToken) => database.WriteAsync(IntakeTransaction.Purpose, async (transaction, token) =>
    {
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "INSERT INTO experiment_intake (experiment, sealed_ms) VALUES (@experiment, @now) ON CONFLICT (experiment) DO UPDATE SET sealed_ms = COALESCE(experiment_intake.sealed_ms, excluded.sealed_ms)",
            new { experiment, now = time.GetUtcNow().ToUnixTimeMilliseconds() }, transaction, cancellationToken: token));
        return await transaction.Connection!.ExecuteScalarAsync<long>(new CommandDefinition(
            "SELECT (SELECT COUNT(*) FROM (SELECT 1 FROM unit_exposures WHERE experiment = @experiment LIMIT 1) AS e) + (SELECT COUNT(*) FROM (SELECT 1 FROM contributions WHERE experiment = @experiment LIMIT 1) AS c)",
            new { experiment }, transaction, cancellationToken: token)) > 0;
    }, cancellationToken);

    private async Task<long> RepeatAsync(string statement, object parameters, CancellationToken cancellationToken)
    {
        var (deleted, now) = (0L, 0L);
        do
        {
            now = await database.WriteAsync(IntakeTransaction.Purpose, async (transaction, token) => (long)await transaction.Connection!.ExecuteAsync(
                new CommandDefinition(statement, parameters, transaction, cancellationToken: token)), cancellationToken);
            deleted += now;
        }
        while (now > 0);
        return deleted;
    }
}
