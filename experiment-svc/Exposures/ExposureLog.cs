using Dapper;
using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Planning;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Exposures;

/// <summary>
/// The first exposure of each unit to each arm. First by its own time, not by arrival: late, repeated and reordered messages end in the same
/// rows. A unit with two arms of one experiment has two rows, and who is behind it is counted apart.
/// </summary>
internal sealed class ExposureLog(Database database)
{
    private const double Micros = 1e6;

    private static readonly TimeSpan s_leastFlow = TimeSpan.FromHours(1);

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
        return await database.WriteAsync(async (transaction, token) =>
        {
            await SessionLinks.StoreAsync(transaction, exposures, token);
            return await RowInsert.ExecuteAsync(transaction, s_table, first, KeepEarlier, token);
        }, cancellationToken);
    }

    /// <summary>People per arm, and people who saw more than one arm, of every experiment or of one. A unit is a person, and so are a linked session and its user.</summary>
    /// <exception cref="DatabaseAwayException">The database is away.</exception>
    public Task<ExposureCounts> CountAsync(string? experiment, CancellationToken cancellationToken) => database.ScanAsync(async (connection, token) =>
    {
        var of = experiment is null ? "" : "WHERE experiment = @experiment";
        var arms = await connection.QueryAsync<(string Experiment, string Arm, long Units)>(new CommandDefinition(
            $"SELECT experiment, arm, COUNT(*) FROM experiment_people {of} GROUP BY experiment, arm", new { experiment }, cancellationToken: token));
        var units = await connection.QueryAsync<(string Experiment, long Units, long MultiArm)>(new CommandDefinition(
            "SELECT experiment, COUNT(*), CAST(SUM(CASE WHEN arms > 1 THEN 1 ELSE 0 END) AS BIGINT) "
            + $"FROM (SELECT experiment, person, COUNT(*) AS arms FROM experiment_people {of} GROUP BY experiment, person) AS people GROUP BY experiment",
            new { experiment }, cancellationToken: token));
        return new ExposureCounts(
            arms.ToDictionary(static row => (row.Experiment, row.Arm), static row => row.Units),
            units.ToDictionary(static row => row.Experiment, static row => (row.Units, row.MultiArm), StringComparer.Ordinal));
    }, cancellationToken);

    /// <summary>People by arm whose first exposure was in this epoch; who saw two arms is left out.</summary>
    /// <exception cref="DatabaseAwayException">The database is away.</exception>
    public Task<IReadOnlyDictionary<string, long>> CountAsync(string experiment, int epoch, CancellationToken cancellationToken) => database.ScanAsync<IReadOnlyDictionary<string, long>>(
        async (connection, token) => (await connection.QueryAsync<(string Arm, long Units)>(new CommandDefinition(
            "SELECT arm, COUNT(*) FROM experiment_people WHERE experiment = @experiment AND epoch = @epoch AND person IN "
            + "(SELECT person FROM experiment_people WHERE experiment = @experiment GROUP BY person HAVING COUNT(*) = 1) GROUP BY arm",
            new { experiment, epoch = (long)epoch }, cancellationToken: token))).ToDictionary(static row => row.Arm, static row => row.Units, StringComparer.Ordinal),
        cancellationToken);

    /// <summary>Units of an experiment so far, and a day, from the first exposure on (an hour at least, or the first minutes would promise the moon).</summary>
    /// <exception cref="DatabaseAwayException">The database is away.</exception>
    public Task<UnitFlow> FlowAsync(string experiment, DateTimeOffset now, CancellationToken cancellationToken) => database.ScanAsync(async (connection, token) =>
    {
        var (units, firstMs) = await connection.QuerySingleAsync<(long Units, long? FirstMs)>(new CommandDefinition(
            "SELECT COUNT(DISTINCT person), MIN(at_ms) FROM experiment_people WHERE experiment = @experiment", new { experiment }, cancellationToken: token));
        return new UnitFlow(units, firstMs is { } first ? units / Math.Max((now - DateTimeOffset.FromUnixTimeMilliseconds(first)).TotalDays, s_leastFlow.TotalDays) : null);
    }, cancellationToken);
}
