using System.Data.Common;
using Dapper;
using Splitrail.Contracts;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Exposures;

/// <summary>
/// The first exposure of each unit to each arm. First by its own time, not by arrival: late, repeated and reordered messages end in the same
/// rows. A unit with two arms of one experiment has two rows, and is counted apart.
/// </summary>
internal sealed class ExposureLog(Database database)
{
    private const double Micros = 1e6;

    private const string KeepEarlier =
        "UPDATE SET unit_kind = excluded.unit_kind, epoch = excluded.epoch, snapshot_version = excluded.snapshot_version, "
        + "probability_micros = excluded.probability_micros, at_ms = excluded.at_ms, exposure_id = excluded.exposure_id "
        + "WHERE excluded.at_ms < experiment_exposures.at_ms OR (excluded.at_ms = experiment_exposures.at_ms AND excluded.exposure_id < experiment_exposures.exposure_id)";

    private static readonly BulkTable<Exposure> s_table = new("experiment_exposures", "experiment, unit, arm",
    [
        new("experiment", static row => row.Experiment),
        new("unit", static row => row.Unit),
        new("arm", static row => row.Arm),
        new("unit_kind", static row => row.UnitKind),
        new("epoch", static row => row.Epoch),
        new("snapshot_version", static row => row.SnapshotVersion),
        new("probability_micros", static row => (long)Math.Round(row.Probability * Micros)),
        new("at_ms", static row => row.TimestampMs),
        new("exposure_id", static row => row.ExposureId),
    ]);

    /// <summary>One transaction; returns how many rows are new or got an earlier first exposure.</summary>
    /// <exception cref="DatabaseAwayException">Nothing was stored.</exception>
    public async Task<long> StoreAsync(IReadOnlyList<Exposure> exposures, CancellationToken cancellationToken)
    {
        if (exposures.Count == 0)
            return 0;
        // One order for all writers, or two batches that share units could wait for each other on PostgreSQL.
        Exposure[] first =
        [
            .. exposures
                .GroupBy(static exposure => (exposure.Experiment, exposure.Unit, exposure.Arm))
                .Select(static same => same.OrderBy(static one => one.TimestampMs).ThenBy(static one => one.ExposureId, StringComparer.Ordinal).First())
                .OrderBy(static one => one.Experiment, StringComparer.Ordinal).ThenBy(static one => one.Unit, StringComparer.Ordinal).ThenBy(static one => one.Arm, StringComparer.Ordinal),
        ];
        return await database.WriteAsync((transaction, token) => RowInsert.ExecuteAsync(transaction, s_table, first, KeepEarlier, token), cancellationToken);
    }

    /// <summary>Units per arm, and units that saw more than one arm, of every experiment.</summary>
    /// <exception cref="DatabaseAwayException">The database is away.</exception>
    public Task<ExposureCounts> CountAsync(CancellationToken cancellationToken) => database.ScanAsync(async (connection, token) =>
    {
        var arms = await QueryAsync<(string Experiment, string Arm, long Units)>(
            connection, "SELECT experiment, arm, COUNT(*) FROM experiment_exposures GROUP BY experiment, arm", token);
        var units = await QueryAsync<(string Experiment, long Units, long MultiArm)>(
            connection,
            "SELECT experiment, COUNT(*), CAST(SUM(CASE WHEN arms > 1 THEN 1 ELSE 0 END) AS BIGINT) "
            + "FROM (SELECT experiment, unit, COUNT(*) AS arms FROM experiment_exposures GROUP BY experiment, unit) AS units GROUP BY experiment",
            token);
        return new ExposureCounts(
            arms.ToDictionary(static row => (row.Experiment, row.Arm), static row => row.Units),
            units.ToDictionary(static row => row.Experiment, static row => (row.Units, row.MultiArm), StringComparer.Ordinal));
    }, cancellationToken);

    private static Task<IEnumerable<T>> QueryAsync<T>(DbConnection connection, string sql, CancellationToken cancellationToken) =>
        connection.QueryAsync<T>(new CommandDefinition(sql, cancellationToken: cancellationToken));
}
