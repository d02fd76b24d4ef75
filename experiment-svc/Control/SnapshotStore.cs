using System.Data.Common;
using System.Text.Json;
using Dapper;
using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Control;

/// <summary>All snapshots ever published, slot maps included, so that a restart or another replica goes on where the last one stopped.</summary>
internal sealed class SnapshotStore(Database database, TimeProvider time)
{
    /// <summary>How far back an undo finds its map.</summary>
    private const int Remembered = 50;

    /// <summary>Replicas take turns for all that ends in a snapshot.</summary>
    public const string Purpose = "control-snapshot";

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>What follows from the definitions, in the transaction that stores them.</summary>
    /// <exception cref="SnapshotFaultException">It must not be published, and its transaction not commit.</exception>
    public Task<ControlSnapshot> PublishAsync(DbTransaction transaction, DefinitionSet definitions, CancellationToken cancellationToken) =>
        PublishAsync(transaction, composer => composer.Compose(definitions, Now), cancellationToken);

    /// <summary>What would follow, without storing anything, and what is.</summary>
    public static async Task<(ControlSnapshot? Before, ControlSnapshot After)> PreviewAsync(
        DbConnection connection, DefinitionSet definitions, CancellationToken cancellationToken)
    {
        var earlier = await EarlierAsync(connection, null, cancellationToken);
        var after = new SnapshotComposer(earlier, await EpochsAsync(connection, null, cancellationToken)).Compose(definitions, 0);
        return (earlier.Count > 0 ? earlier[0] : null, after);
    }

    /// <summary>The newest snapshot when it is another one than <paramref name="held"/>.</summary>
    /// <exception cref="DatabaseAwayException">The database is away.</exception>
    public Task<ControlSnapshot?> NewestAsync(long held, CancellationToken cancellationToken) =>
        database.ReadAsync(async (connection, token) => Read(await connection.ExecuteScalarAsync<string?>(new CommandDefinition(
            "SELECT content FROM control_snapshots WHERE version <> @held AND version = (SELECT MAX(version) FROM control_snapshots)",
            new { held }, cancellationToken: token))), cancellationToken);

    private static async Task<ControlSnapshot> PublishAsync(DbTransaction transaction, Func<SnapshotComposer, ControlSnapshot> compose, CancellationToken cancellationToken)
    {
        var earlier = await EarlierAsync(transaction.Connection!, transaction, cancellationToken);
        var next = compose(new SnapshotComposer(earlier, await EpochsAsync(transaction.Connection!, transaction, cancellationToken)));
        if (next.Version <= (earlier.Count > 0 ? earlier[0].Version : 0))
            return next;
        if (SnapshotRules.FaultsOf(next) is { Count: > 0 } faults)
            throw new SnapshotFaultException(faults);
        await InsertAsync(transaction, next, cancellationToken);
        return next;
    }

    private static async Task<IReadOnlyList<ControlSnapshot>> EarlierAsync(DbConnection connection, DbTransaction? transaction, CancellationToken cancellationToken) =>
    [
        .. (await connection.QueryAsync<string>(new CommandDefinition(
            $"SELECT content FROM control_snapshots ORDER BY version DESC LIMIT {Remembered}", transaction: transaction, cancellationToken: cancellationToken)))
            .Select(static content => Read(content)!),
    ];

    private static async Task<IReadOnlyDictionary<string, int>> EpochsAsync(DbConnection connection, DbTransaction? transaction, CancellationToken cancellationToken) =>
        (await connection.QueryAsync<(string Experiment, long Epoch)>(new CommandDefinition(
            "SELECT experiment, MAX(epoch) FROM experiment_epochs GROUP BY experiment", transaction: transaction, cancellationToken: cancellationToken)))
        .ToDictionary(static row => row.Experiment, static row => (int)row.Epoch, StringComparer.Ordinal);

    private static async Task InsertAsync(DbTransaction transaction, ControlSnapshot snapshot, CancellationToken cancellationToken)
    {
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "INSERT INTO control_snapshots (version, content_hash, created_ms, content) VALUES (@Version, @ContentHash, @CreatedMs, @content)",
            new { snapshot.Version, snapshot.ContentHash, snapshot.CreatedMs, content = JsonSerializer.Serialize(snapshot, ContractsJson.Default.ControlSnapshot) },
            transaction, cancellationToken: cancellationToken));
        foreach (var experiment in snapshot.Layers.SelectMany(static layer => layer.Experiments))
        {
            await transaction.Connection!.ExecuteAsync(new CommandDefinition(
                "INSERT INTO experiment_epochs (experiment, epoch, snapshot_version, started_ms) VALUES (@Id, @epoch, @Version, @CreatedMs) ON CONFLICT (experiment, epoch) DO NOTHING",
                new { experiment.Id, epoch = (long)experiment.Epoch, snapshot.Version, snapshot.CreatedMs }, transaction, cancellationToken: cancellationToken));
        }
    }

    private static ControlSnapshot? Read(string? content) => content is null ? null : JsonSerializer.Deserialize(content, ContractsJson.Default.ControlSnapshot);
}
