using System.Data.Common;
using Dapper;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Ingestion;

/// <summary>Numbers of what was taken in and what was refused, by experiment where there is one; they commit with what they count.</summary>
internal static class QualityCounts
{
    private static readonly BulkTable<QualityRow> s_table = new("quality_counts", "experiment, reason",
    [
        new("experiment", static row => row.Experiment),
        new("reason", static row => row.Reason),
        new("events", static row => row.Events),
    ]);

    public static Task AddAsync(
        Database database, DbTransaction transaction, IEnumerable<RefusedEvent> refused, IEnumerable<UnitExposure> accepted, long outcomes, CancellationToken cancellationToken)
    {
        var rows = refused.CountBy(static one => (one.Experiment, one.Reason)).Select(static one => new QualityRow(one.Key.Experiment, one.Key.Reason, one.Value))
            .Concat(accepted.CountBy(static one => one.Experiment).Select(static one => new QualityRow(one.Key, QualityReasons.Accepted, one.Value)))
            .Append(new QualityRow("", QualityReasons.Accepted, outcomes));
        return database.UpsertAsync(transaction, s_table, [.. rows.Where(static row => row.Events > 0)], "UPDATE SET events = quality_counts.events + excluded.events", cancellationToken);
    }

    /// <summary>Of one experiment, and those that belong to none (experiment '').</summary>
    public static async Task<IReadOnlyList<QualityRow>> ReadAsync(DbConnection connection, string experiment, CancellationToken cancellationToken) =>
    [
        .. await connection.QueryAsync<QualityRow>(new CommandDefinition(
            "SELECT experiment AS Experiment, reason AS Reason, events AS Events FROM quality_counts WHERE experiment = @experiment OR experiment = ''",
            new { experiment }, cancellationToken: cancellationToken)),
    ];
}

internal sealed record QualityRow(string Experiment, string Reason, long Events);
