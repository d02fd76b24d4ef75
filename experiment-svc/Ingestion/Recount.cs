using Dapper;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Ingestion;

/// <summary>
/// Counts an experiment's people anew when what counts has changed: it ended or was decided, other bots are excluded, a release brought another metric. Chunk by chunk, each a transaction that leaves the sums
/// those of all contributions, so it may be interrupted anywhere and goes on from the start.
/// </summary>
internal sealed class Recount(Database database, ExperimentBook books, IntakeTransaction transactions, TimeProvider time)
{
    private const int Units = 2000;

    /// <returns>How many experiments were counted anew.</returns>
    /// <exception cref="DatabaseAwayException">The database is away; what is left is done next time.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var book = await database.ReadAsync((connection, token) => books.ReadAsync(connection, null, token), cancellationToken);
        var stale = book.Values.Where(static experiment => experiment.IsStale).ToArray();
        foreach (var experiment in stale)
            await RunAsync(experiment, cancellationToken);
        return stale.Length;
    }

    private async Task RunAsync(CountedExperiment experiment, CancellationToken cancellationToken)
    {
        for (var after = ""; await NextAsync(experiment.Id, after, cancellationToken) is { Length: > 0 } units; after = units[^1])
        {
            await database.WriteAsync(IntakeTransaction.Purpose, async (transaction, token) =>
            {
                await transactions.RecountAsync(transaction, units, token);
                return true;
            }, cancellationToken);
        }

        // The rules it was counted by, not those of now: when they changed meanwhile, it is stale again.
        await database.WriteAsync(IntakeTransaction.Purpose, (transaction, token) => transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "INSERT INTO experiment_intake (experiment, rules, updated_ms) VALUES (@Id, @Rules, @now) ON CONFLICT (experiment) DO UPDATE SET rules = excluded.rules",
            new { experiment.Id, experiment.Rules, now = time.GetUtcNow().ToUnixTimeMilliseconds() }, transaction, cancellationToken: token)), cancellationToken);
    }

    private Task<string[]> NextAsync(string experiment, string after, CancellationToken cancellationToken) => database.ScanAsync(async (connection, token) =>
        (await connection.QueryAsync<string>(new CommandDefinition(
            $"SELECT DISTINCT unit FROM unit_exposures WHERE experiment = @experiment AND unit > @after ORDER BY unit LIMIT {Units}",
            new { experiment, after }, cancellationToken: token))).ToArray(), cancellationToken);
}
