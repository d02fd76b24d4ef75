using Dapper;
using Splitrail.ExperimentSvc.Ingestion;
using Splitrail.ExperimentSvc.Metrics;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Results;

/// <summary>Who got which arm with which probability, and what came of it.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="Epoch">Of the first exposure.</param>
/// <param name="Probability">Logged, above 0.</param>
/// <param name="Reward">The metric's value.</param>
internal readonly record struct LoggedPerson(string Arm, int Epoch, double Probability, double Reward);

/// <summary>Reads them from the rows that are still there: retention takes them away.</summary>
internal sealed class LoggedPeople(Database database)
{
    /// <summary>The first ones by key, which says nothing of their arm.</summary>
    public const int Most = 200_000;

    private const double Micro = 1e6;

    /// <exception cref="DatabaseAwayException">The database is away, or slower than a scan may be.</exception>
    public Task<IReadOnlyList<LoggedPerson>> ReadAsync(string experiment, MetricDefinition metric, CancellationToken cancellationToken) => database.ScanAsync<IReadOnlyList<LoggedPerson>>(async (connection, token) =>
    [
        .. (await connection.QueryAsync<(string Arm, long Epoch, long Probability, string Added)>(new CommandDefinition(
            "SELECT c.arms, c.epoch, e.probability_micros, c.added FROM contributions c JOIN unit_exposures e ON e.unit = c.person AND e.experiment = c.experiment AND e.arm = c.arms "
            + $"WHERE c.experiment = @experiment AND c.state = @counted AND e.probability_micros > 0 ORDER BY c.person LIMIT {Most}",
            new { experiment, counted = PersonStates.Counted }, cancellationToken: token)))
            .Select(row => new LoggedPerson(row.Arm, (int)row.Epoch, row.Probability / Micro, AddedValues.Read(row.Added).FirstOrDefault(added => added.Metric == metric.Name).X / Micro)),
    ], cancellationToken);
}
