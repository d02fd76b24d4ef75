using System.Text.Json;
using Splitrail.ExperimentSvc.Api;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Audit;

/// <summary>What became of a definition, change by change.</summary>
internal sealed class HistoryReader(Database database)
{
    /// <summary>The newest change first; empty for an experiment that never was.</summary>
    /// <exception cref="DatabaseAwayException">The database is away.</exception>
    public Task<IReadOnlyList<HistoryEntry>> OfAsync(string experiment, CancellationToken cancellationToken) => OfAsync(DefinitionKinds.Experiment, experiment, cancellationToken);

    /// <summary>The newest change first; empty for what never was.</summary>
    /// <param name="kind">One of <see cref="DefinitionKinds"/>.</param>
    /// <param name="id">The definition, which may be deleted by now.</param>
    /// <param name="cancellationToken">The caller's deadline.</param>
    /// <exception cref="DatabaseAwayException">The database is away.</exception>
    public async Task<IReadOnlyList<HistoryEntry>> OfAsync(string kind, string id, CancellationToken cancellationToken)
    {
        var rows = await database.ScanAsync((connection, token) => AuditLog.Log.OfAsync(connection, kind, id, token), cancellationToken);
        return [.. rows.Select(static row => View(JsonSerializer.Deserialize(row.Entry, AuditJson.Default.AuditEntry)!))];
    }

    private static HistoryEntry View(AuditEntry entry) => new(
        entry.Sequence, DateTimeOffset.FromUnixTimeMilliseconds(entry.AtMs), entry.Actor, entry.Action, entry.Version, entry.SnapshotVersion, entry.Reason,
        JsonDifference.Between(entry.From, entry.To));
}
