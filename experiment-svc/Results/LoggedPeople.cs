using System.Data.Common;
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
    /// <summary>The first ones by key, which says nothing of their arm; guests and users as many as there are, because all keys of guests come before all of users.</summary>
    public const int Most = 200_000;

    private const double Micro = 1e6;

    private const string Kinds = "SELECT value, CAST(SUM(people) AS BIGINT) FROM segment_sums WHERE experiment = @experiment AND dimension = @dimension GROUP BY value";

    private const string People =
        "SELECT c.arms, c.epoch, e.probability_micros, c.added FROM contributions c JOIN unit_exposures e ON e.unit = c.person AND e.experiment = c.experiment AND e.arm = c.arms "
        + "WHERE c.experiment = @experiment AND c.state IN (@counted, @moved) AND e.probability_micros > 0 AND substr(c.person, 1, 2) = @kind ORDER BY c.person LIMIT @most";

    /// <exception cref="DatabaseAwayException">The database is away, or slower than a scan may be.</exception>
    public Task<IReadOnlyList<LoggedPerson>> ReadAsync(string experiment, MetricDefinition metric, CancellationToken cancellationToken) => database.ScanAsync<IReadOnlyList<LoggedPerson>>(async (connection, token) =>
    {
        var kinds = (await connection.QueryAsync<(string Value, long People)>(new CommandDefinition(Kinds, new { experiment, dimension = DimensionTable.Account.Name }, cancellationToken: token)))
            .ToDictionary(static row => row.Value, static row => row.People, StringComparer.Ordinal);
        var (guests, users) = Parts(kinds.GetValueOrDefault(DimensionTable.Guest), kinds.GetValueOrDefault(DimensionTable.Known), Most);
        return [.. await OfKindAsync(connection, UnitKey.OfSession(""), guests, token), .. await OfKindAsync(connection, UnitKey.OfUser(""), users, token)];

        async Task<IEnumerable<LoggedPerson>> OfKindAsync(DbConnection open, string kind, int most, CancellationToken limited) =>
            (await open.QueryAsync<(string Arm, long Epoch, long Probability, string Added)>(new CommandDefinition(
                People, new { experiment, counted = PersonStates.Counted, moved = PersonStates.Moved, kind, most }, cancellationToken: limited)))
                .Select(row => new LoggedPerson(row.Arm, (int)row.Epoch, row.Probability / Micro, AddedValues.Read(row.Added).FirstOrDefault(added => added.Metric == metric.Name).X / Micro));
    }, cancellationToken);

    /// <summary>How many of each to read: all, or their parts of the most.</summary>
    public static (int Guests, int Users) Parts(long guests, long users, int most)
    {
        if (guests + users <= most)
            return (most, most);
        var part = (int)Math.Round(most * ((double)guests / (guests + users)));
        return (part, most - part);
    }
}
