using System.Data.Common;
using Dapper;
using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Metrics;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Aggregates;

/// <summary>Reads what was counted of an experiment. Its cost grows with metrics, arms and epochs, not with people.</summary>
internal sealed class AggregateReader(Database database)
{
    // One statement, so that counts and sums are of one moment on every engine.
    private const string Query =
        "SELECT kind AS Kind, '' AS Metric, arm AS Arm, epoch AS Epoch, people AS People, '' AS Sums FROM experiment_counts WHERE experiment = @experiment "
        + "UNION ALL SELECT 'sums', metric, arm, epoch, 0, sums FROM experiment_sums WHERE experiment = @experiment "
        + "UNION ALL SELECT 'first', '', '', 0, first_ms, '' FROM experiment_intake WHERE experiment = @experiment AND first_ms IS NOT NULL "
        + "UNION ALL SELECT 'updated', '', '', 0, updated_ms, '' FROM experiment_intake WHERE experiment = @experiment AND updated_ms IS NOT NULL "
        + "UNION ALL SELECT 'mark', '', topic, 0, at_ms, '' FROM intake_marks";

    /// <returns>Without cells when nobody was counted, or there is no such experiment.</returns>
    /// <exception cref="DatabaseAwayException">The database is away.</exception>
    public Task<ExperimentAggregates> ReadAsync(string experiment, CancellationToken cancellationToken) =>
        database.ReadAsync((connection, token) => ReadAsync(connection, null, experiment, token), cancellationToken);

    public static async Task<ExperimentAggregates> ReadAsync(DbConnection connection, DbTransaction? transaction, string experiment, CancellationToken cancellationToken)
    {
        var rows = (await connection.QueryAsync<Row>(new CommandDefinition(Query, new { experiment }, transaction, cancellationToken: cancellationToken))).ToArray();
        var sums = rows.Where(static row => row.Kind == "sums").ToDictionary(static row => (row.Metric, row.Arm, row.Epoch), static row => ExactSums.Parse(row.Sums));
        var counted = rows.Where(static row => row is { Kind: CountKinds.Counted, People: > 0 }).OrderBy(static row => row.Epoch).ThenBy(static row => row.Arm, StringComparer.Ordinal).ToArray();
        var cells = from metric in MetricTable.All
                    from people in counted
                    select new AggregateCell(
                        metric, people.Arm, (int)people.Epoch, SumsOf(metric, people, sums.GetValueOrDefault((metric.Name, people.Arm, people.Epoch))));
        return new ExperimentAggregates(experiment, [.. cells], PeopleOf(rows, CountKinds.MultiArm) ?? 0, PeopleOf(rows, CountKinds.Excluded) ?? 0, PeopleOf(rows, "first"), PeopleOf(rows, "updated"), CompleteMs(rows),
            PeopleOf(rows, CountKinds.Moved) ?? 0);
    }

    private static ExactSums SumsOf(MetricDefinition metric, Row people, ExactSums sums) => metric.IsOfAnswers ? sums : sums with { Units = people.People };

    /// <summary>Of a topic that nobody has heard of yet nothing is complete.</summary>
    private static long? CompleteMs(Row[] rows)
    {
        var marks = rows.Where(static row => row.Kind == "mark").ToDictionary(static row => row.Arm, static row => row.People, StringComparer.Ordinal);
        return marks.TryGetValue(Topics.Exposures, out var exposures) && marks.TryGetValue(Topics.Interactions, out var outcomes) ? Math.Min(exposures, outcomes) : null;
    }

    private static long? PeopleOf(Row[] rows, string kind) => Array.Find(rows, row => row.Kind == kind)?.People;

    /// <summary>By properties: SQLite gives an empty answer no types that a constructor could be found by.</summary>
    private sealed record Row
    {
        public string Kind { get; init; } = "";

        public string Metric { get; init; } = "";

        public string Arm { get; init; } = "";

        public long Epoch { get; init; }

        public long People { get; init; }

        public string Sums { get; init; } = "";
    }
}
