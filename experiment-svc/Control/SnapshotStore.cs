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

    /// <summary>Publishes what follows from definitions and model; when that is what was published last, that one comes back.</summary>
    /// <param name="file">Null keeps the experiments of the last snapshot.</param>
    /// <param name="activeModel">The model in production.</param>
    /// <param name="cancellationToken">The service stops.</param>
    /// <returns>Null when there are neither definitions nor an earlier snapshot.</returns>
    /// <exception cref="DatabaseAwayException">Nothing was published.</exception>
    public Task<ControlSnapshot?> PublishAsync(DefinitionFile? file, string? activeModel, CancellationToken cancellationToken) =>
        database.WriteAsync("control-snapshot", async (transaction, token) =>
        {
            var earlier = await EarlierAsync(transaction, token);
            var composer = new SnapshotComposer(earlier, await EpochsAsync(transaction, token));
            var now = time.GetUtcNow().ToUnixTimeMilliseconds();
            var next = file is null ? composer.WithModel(activeModel, now) : composer.Compose(file, activeModel, now);
            if (next is not null && next.Version > (earlier.Count > 0 ? earlier[0].Version : 0))
                await InsertAsync(transaction, next, token);
            return next;
        }, cancellationToken);

    /// <summary>The newest snapshot when it is another one than <paramref name="held"/>.</summary>
    /// <exception cref="DatabaseAwayException">The database is away.</exception>
    public Task<ControlSnapshot?> NewestAsync(long held, CancellationToken cancellationToken) =>
        database.ReadAsync(async (connection, token) => Read(await connection.ExecuteScalarAsync<string?>(new CommandDefinition(
            "SELECT content FROM control_snapshots WHERE version <> @held AND version = (SELECT MAX(version) FROM control_snapshots)",
            new { held }, cancellationToken: token))), cancellationToken);

    private static async Task<IReadOnlyList<ControlSnapshot>> EarlierAsync(DbTransaction transaction, CancellationToken cancellationToken) =>
    [
        .. (await transaction.Connection!.QueryAsync<string>(new CommandDefinition(
            $"SELECT content FROM control_snapshots ORDER BY version DESC LIMIT {Remembered}", transaction: transaction, cancellationToken: cancellationToken)))
            .Select(static content => Read(content)!),
    ];

    private static async Task<IReadOnlyDictionary<string, int>> EpochsAsync(DbTransaction transaction, CancellationToken cancellationToken) =>
        (await transaction.Connection!.QueryAsync<(string Experiment, long Epoch)>(new CommandDefinition(
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
