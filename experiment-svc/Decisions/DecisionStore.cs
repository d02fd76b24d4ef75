using System.Data.Common;
using Dapper;
using Splitrail.ExperimentSvc.Chains;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Decisions;

/// <summary>The decision log in SQL, and beside it what became of each entry.</summary>
internal sealed class DecisionStore(Database database)
{
    /// <summary>Replicas take turns to decide.</summary>
    private const string Purpose = "decisions";

    private const string ActionColumns =
        "a.sequence AS Sequence, a.experiment AS Experiment, a.kind AS Kind, a.arm AS Arm, a.version AS Version, a.state AS State, a.state_ms AS StateMs, a.note AS Note";

    // Of a bandit's steps, one an hour and each with the sums of all hours before it, only the last one matters to what follows.
    private const string Following =
        "WHERE a.experiment = @experiment AND (a.kind <> @Reallocate OR a.sequence = (SELECT MAX(sequence) FROM decision_actions WHERE experiment = @experiment AND kind = @Reallocate AND state <> @Superseded)) "
        + "ORDER BY a.sequence";

    /// <summary>Entries about an experiment that later decisions depend on, the oldest first: all but a bandit's steps before its last.</summary>
    /// <exception cref="DatabaseAwayException">The database is away.</exception>
    public Task<IReadOnlyList<RecordedDecision>> OfAsync(string experiment, CancellationToken cancellationToken) =>
        database.ReadAsync((connection, token) => FollowingAsync(connection, null, experiment, token), cancellationToken);

    /// <summary>Entries about an experiment, the newest first.</summary>
    /// <exception cref="DatabaseAwayException">The database is away.</exception>
    public Task<IReadOnlyList<RecordedDecision>> NewestAsync(string experiment, int limit, CancellationToken cancellationToken) =>
        database.ScanAsync((connection, token) => ReadAsync(connection, null, "WHERE a.experiment = @experiment ORDER BY a.sequence DESC LIMIT @limit", new { experiment, limit }, token), cancellationToken);

    /// <exception cref="DatabaseAwayException">The database is away.</exception>
    public async Task<DecisionEntry> EntryAsync(long sequence, CancellationToken cancellationToken) => (await database.ReadAsync(
        (connection, token) => ReadAsync(connection, null, "WHERE a.sequence = @sequence", new { sequence }, token), cancellationToken))[0].Entry;

    /// <summary>What was recommended last of each experiment, done or not.</summary>
    /// <exception cref="DatabaseAwayException">The database is away.</exception>
    public Task<IReadOnlyDictionary<string, DecisionAction>> RecommendedAsync(CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyDictionary<string, DecisionAction>>(
        async (connection, token) => (await connection.QueryAsync<DecisionAction>(new CommandDefinition(
            $"SELECT {ActionColumns} FROM decision_actions a WHERE state = @Recommended ORDER BY sequence", new { DecisionState.Recommended }, cancellationToken: token)))
            .GroupBy(static action => action.Experiment, StringComparer.Ordinal).ToDictionary(static actions => actions.Key, static actions => actions.Last(), StringComparer.Ordinal),
        cancellationToken);

    /// <summary>Decisions that are to be carried out, the oldest first.</summary>
    /// <exception cref="DatabaseAwayException">The database is away.</exception>
    public Task<IReadOnlyList<DecisionAction>> PendingAsync(CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<DecisionAction>>(
        async (connection, token) =>
        [
            .. await connection.QueryAsync<DecisionAction>(new CommandDefinition($"SELECT {ActionColumns} FROM decision_actions a WHERE state = @Pending ORDER BY sequence", new { DecisionState.Pending }, cancellationToken: token)),
        ],
        cancellationToken);

    /// <summary>
    /// Appends a decision, once: by who holds the lease, about the experiment as it is now, after the looks it knows of, and not what was decided before.
    /// </summary>
    /// <returns>The entry, or null when one of these does not hold; the next evaluation looks anew.</returns>
    /// <exception cref="DatabaseAwayException">Nothing was stored, or (a lost answer to the commit) all.</exception>
    public Task<DecisionEntry?> AppendAsync(Decided decided, Held<ExperimentRecord> seen, string mode, long token, CancellationToken cancellationToken) =>
        database.WriteAsync(Purpose, async (transaction, inner) =>
        {
            if (!await EvaluatorLease.HoldsAsync(transaction, token, inner) || await VersionAsync(transaction, seen.Value.Id, inner) != seen.Version)
                return null;
            var before = await FollowingAsync(transaction.Connection!, transaction, seen.Value.Id, inner);
            if (before.Count(DecisionRule.HasLook) != decided.Facts.Looks.Count || !DecisionRule.IsNew(decided, before))
                return null;
            var last = await DecisionLog.Log.LastAsync(transaction, inner);
            var entry = decided.ToEntry((last?.Sequence ?? 0) + 1, seen.Value.Id, seen.Version, mode, last?.Hash ?? ChainHash.Genesis);
            await AppendAsync(transaction, entry, inner);
            return entry;
        }, cancellationToken);

    /// <summary>Notes what became of a decision that was to be carried out.</summary>
    /// <exception cref="DatabaseAwayException">Nothing was noted, or (a lost answer to the commit) it was.</exception>
    public Task CloseAsync(long sequence, string state, string? note, long nowMs, CancellationToken cancellationToken) =>
        database.WriteAsync((transaction, token) => transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "UPDATE decision_actions SET state = @state, note = @note, state_ms = @nowMs WHERE sequence = @sequence AND state = @Pending",
            new { sequence, state, note, nowMs, DecisionState.Pending }, transaction, cancellationToken: token)), cancellationToken);

    private static async Task AppendAsync(DbTransaction transaction, DecisionEntry entry, CancellationToken cancellationToken)
    {
        var canonical = entry.Canonical();
        await DecisionLog.Log.AppendAsync(transaction, new ChainRow(entry.Sequence, entry.Kind, entry.Id, ChainHash.Of(canonical), canonical), cancellationToken);
        var state = entry.IsLook || entry.Mode == DecisionModes.Observe ? DecisionState.Noted : entry.Mode == DecisionModes.Act ? DecisionState.Pending : DecisionState.Recommended;
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "INSERT INTO decision_actions (sequence, experiment, kind, arm, version, state, state_ms) VALUES (@Sequence, @Id, @Kind, @Arm, @Version, @state, @AtMs)",
            new { entry.Sequence, entry.Id, entry.Kind, entry.Arm, entry.Version, state, entry.AtMs }, transaction, cancellationToken: cancellationToken));
    }

    private static Task<long?> VersionAsync(DbTransaction transaction, string experiment, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteScalarAsync<long?>(new CommandDefinition(
            "SELECT version FROM definitions WHERE kind = @kind AND id = @experiment", new { kind = DefinitionKinds.Experiment, experiment }, transaction, cancellationToken: cancellationToken));

    private static Task<IReadOnlyList<RecordedDecision>> FollowingAsync(DbConnection connection, DbTransaction? transaction, string experiment, CancellationToken cancellationToken) =>
        ReadAsync(connection, transaction, Following, new { experiment, DecisionKinds.Reallocate, DecisionState.Superseded }, cancellationToken);

    private static async Task<IReadOnlyList<RecordedDecision>> ReadAsync(DbConnection connection, DbTransaction? transaction, string which, object parameters, CancellationToken cancellationToken)
    {
        // One statement: a decision that commits in between is in both tables or in none.
        var rows = await connection.QueryAsync<DecisionAction, StoredEntry, RecordedDecision>(new CommandDefinition(
            $"SELECT {ActionColumns}, l.hash AS Hash, l.entry AS Entry FROM decision_actions a JOIN decision_log l ON l.sequence = a.sequence {which}",
            parameters, transaction, cancellationToken: cancellationToken), static (action, stored) => new RecordedDecision(DecisionEntry.Of(stored.Entry), stored.Hash, action), splitOn: "Hash");
        return [.. rows];
    }

    private sealed record StoredEntry(string Hash, string Entry);
}
