using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Dapper;
using Splitrail.Contracts;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Decisions;

/// <summary>The split of each epoch, from the snapshot that began it. Epochs never change, so each is read once.</summary>
internal sealed class EpochShares(Database database)
{
    /// <summary>Each is a whole snapshot, and a bandit has an epoch an hour: what was read stays when the next page takes too long.</summary>
    private const int Page = 20;

    private readonly ConcurrentDictionary<string, ImmutableDictionary<int, IReadOnlyDictionary<string, double>>> _known = new(StringComparer.Ordinal);

    /// <returns>Shares by arm, by epoch.</returns>
    /// <exception cref="DatabaseAwayException">The database is away.</exception>
    public async Task<IReadOnlyDictionary<int, IReadOnlyDictionary<string, double>>> OfAsync(string experiment, CancellationToken cancellationToken)
    {
        var known = _known.GetValueOrDefault(experiment) ?? ImmutableDictionary<int, IReadOnlyDictionary<string, double>>.Empty;
        for (var read = Page; read == Page;)
        {
            var latest = (long)known.Keys.DefaultIfEmpty().Max();
            var rows = await database.ReadAsync(async (connection, token) => (await connection.QueryAsync<(long Epoch, string Content)>(new CommandDefinition(
                $"SELECT e.epoch, s.content FROM experiment_epochs e JOIN control_snapshots s ON s.version = e.snapshot_version WHERE e.experiment = @experiment AND e.epoch > @latest ORDER BY e.epoch LIMIT {Page}",
                new { experiment, latest }, cancellationToken: token))).ToArray(), cancellationToken);
            read = rows.Length;
            if (read > 0)
                _known[experiment] = known = known.AddRange(rows.Select(row => KeyValuePair.Create((int)row.Epoch, (IReadOnlyDictionary<string, double>)SharesIn(row.Content, experiment))));
        }

        return known;
    }

    private static Dictionary<string, double> SharesIn(string snapshot, string experiment) =>
        JsonSerializer.Deserialize(snapshot, ContractsJson.Default.ControlSnapshot)!.Layers
            .SelectMany(static layer => layer.Experiments).First(one => one.Id == experiment).Arms.ToDictionary(static arm => arm.Id, static arm => arm.Share, StringComparer.Ordinal);
}
