using Dapper;
using Splitrail.ExperimentSvc.Aggregates;
using Splitrail.ExperimentSvc.Planning;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Exposures;

/// <summary>How many people saw what, from the counts that are kept with the sums. A unit is a person, and so are a linked session and its user.</summary>
internal sealed class ExposureLog(Database database)
{
    private const double DayMs = 86_400_000;

    private static readonly TimeSpan s_leastFlow = TimeSpan.FromHours(1);

    /// <summary>People per arm, and people who saw more than one arm, of every experiment or of one. Who is excluded by rule is in neither.</summary>
    /// <exception cref="DatabaseAwayException">The database is away.</exception>
    public Task<ExposureCounts> CountAsync(string? experiment, CancellationToken cancellationToken) => database.ReadAsync(async (connection, token) =>
    {
        var rows = (await connection.QueryAsync<(string Experiment, string Kind, string Arm, long People)>(new CommandDefinition(
            "SELECT experiment, kind, arm, CAST(SUM(people) AS BIGINT) FROM experiment_counts "
            + $"{(experiment is null ? "" : "WHERE experiment = @experiment")} GROUP BY experiment, kind, arm", new { experiment }, cancellationToken: token))).ToArray();
        return new ExposureCounts(
            rows.Where(static row => row.Kind == CountKinds.Saw).ToDictionary(static row => (row.Experiment, row.Arm), static row => row.People),
            rows.Where(static row => row.Kind is CountKinds.Counted or CountKinds.MultiArm).GroupBy(static row => row.Experiment, StringComparer.Ordinal).ToDictionary(
                static rows => rows.Key,
                static rows => (rows.Sum(static row => row.People), rows.Where(static row => row.Kind == CountKinds.MultiArm).Sum(static row => row.People)),
                StringComparer.Ordinal));
    }, cancellationToken);

    /// <summary>People by arm whose first exposure was in this epoch; who saw two arms is left out.</summary>
    /// <exception cref="DatabaseAwayException">The database is away.</exception>
    public Task<IReadOnlyDictionary<string, long>> CountAsync(string experiment, int epoch, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyDictionary<string, long>>(
        async (connection, token) => (await connection.QueryAsync<(string Arm, long People)>(new CommandDefinition(
            "SELECT arm, people FROM experiment_counts WHERE experiment = @experiment AND kind = @counted AND epoch = @epoch",
            new { experiment, counted = CountKinds.Counted, epoch = (long)epoch }, cancellationToken: token))).ToDictionary(static row => row.Arm, static row => row.People, StringComparer.Ordinal),
        cancellationToken);

    /// <summary>Units of an experiment so far, and a day, from the first exposure on (an hour at least, or the first minutes would promise the moon).</summary>
    /// <exception cref="DatabaseAwayException">The database is away.</exception>
    public async Task<UnitFlow> FlowAsync(string experiment, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var units = (await CountAsync(experiment, cancellationToken)).UnitsOf(experiment);
        var firstMs = await database.ReadAsync(
            (connection, token) => connection.ExecuteScalarAsync<long?>(new CommandDefinition(
                "SELECT first_ms FROM experiment_intake WHERE experiment = @experiment", new { experiment }, cancellationToken: token)), cancellationToken);
        return new UnitFlow(units, firstMs is { } first ? units / Math.Max((now.ToUnixTimeMilliseconds() - first) / DayMs, s_leastFlow.TotalDays) : null);
    }
}
