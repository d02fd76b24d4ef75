using System.Collections.Concurrent;
using System.Text.Json;
using Dapper;
using Splitrail.Contracts;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Decisions;

/// <summary>The split of each epoch, from the snapshot that began it. Epochs never change, so each is read once.</summary>
internal sealed class EpochShares(Database database)
{
    private readonly ConcurrentDictionary<string, IReadOnlyDictionary<int, IReadOnlyDictionary<string, double>>> _known = new(StringComparer.Ordinal);

    /// <returns>Shares by arm, by epoch.</returns>
    /// <exception cref="DatabaseAwayException">The database is away.</exception>
    public async Task<IReadOnlyDictionary<int, IReadOnlyDictionary<string, double>>> OfAsync(string experiment, CancellationToken cancellationToken)
    {
        var known = _known.GetValueOrDefault(experiment);
        var latest = known is null ? 0 : known.Keys.DefaultIfEmpty().Max();
        var rows = await database.ReadAsync((connection, token) => connection.QueryAsync<(long Epoch, string Content)>(new CommandDefinition(
            "SELECT e.epoch, s.content FROM experiment_epochs e JOIN control_snapshots s ON s.version = e.snapshot_version WHERE e.experiment = @experiment AND e.epoch > @latest",
            new { experiment, latest = (long)latest }, cancellationToken: token)), cancellationToken);
        var found = rows.ToDictionary(static row => (int)row.Epoch, row => (IReadOnlyDictionary<string, double>)SharesIn(row.Content, experiment));
        if (known is not null && found.Count == 0)
            return known;
        foreach (var (epoch, shares) in known ?? new Dictionary<int, IReadOnlyDictionary<string, double>>())
            found[epoch] = shares;
        return _known[experiment] = found;
    }

    private static Dictionary<string, double> SharesIn(string snapshot, string experiment) =>
        JsonSerializer.Deserialize(snapshot, ContractsJson.Default.ControlSnapshot)!.Layers
            .SelectMany(static layer => layer.Experiments).First(one => one.Id == experiment).Arms.ToDictionary(static arm => arm.Id, static arm => arm.Share, StringComparer.Ordinal);
}
