using System.Text.Json;
using Dapper;
using Splitrail.ExperimentSvc.Pages;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Results.Trail;

/// <summary>
/// Results as they were, for curves over time: a view, which no decision reads. Points are taken at whole multiples of a step, so that replicas which take the same one write it once,
/// and thin out with age: an experiment of a year has some hundreds.
/// </summary>
internal sealed class ResultTrail(Database database, ConsoleOptions options)
{
    /// <summary>Unless <see cref="ConsoleOptions.CurveStep"/> says otherwise.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromMinutes(5);

    /// <summary>From this age on only multiples of this step are kept.</summary>
    private static readonly (TimeSpan Age, TimeSpan Step)[] s_thinning =
        [(TimeSpan.FromHours(12), TimeSpan.FromHours(1)), (TimeSpan.FromDays(7), TimeSpan.FromHours(6)), (TimeSpan.FromDays(60), TimeSpan.FromDays(1))];

    /// <summary>The oldest first.</summary>
    /// <exception cref="DatabaseAwayException">The database is away.</exception>
    public Task<IReadOnlyList<TrailPoint>> OfAsync(string experiment, CancellationToken cancellationToken) => database.ScanAsync<IReadOnlyList<TrailPoint>>(
        async (connection, token) =>
        [
            .. (await connection.QueryAsync<string>(new CommandDefinition(
                "SELECT content FROM result_trail WHERE experiment = @experiment ORDER BY at_ms", new { experiment }, cancellationToken: token)))
                .Select(static content => JsonSerializer.Deserialize(content, TrailJson.Default.TrailPoint)!),
        ],
        cancellationToken);

    /// <summary>The first one of a step stays.</summary>
    /// <exception cref="DatabaseAwayException">The database is away.</exception>
    public Task AddAsync(ResultsView results, CancellationToken cancellationToken)
    {
        var point = PointOf(results);
        if (point.Arms.Count == 0)
            return Task.CompletedTask;
        return database.WriteAsync(async (transaction, token) =>
        {
            var added = await transaction.Connection!.ExecuteAsync(new CommandDefinition(
                "INSERT INTO result_trail (experiment, at_ms, content) VALUES (@Id, @AtMs, @content) ON CONFLICT (experiment, at_ms) DO NOTHING",
                new { results.Id, point.AtMs, content = JsonSerializer.Serialize(point, TrailJson.Default.TrailPoint) }, transaction, cancellationToken: token));
            foreach (var (age, step) in s_thinning)
            {
                await transaction.Connection!.ExecuteAsync(new CommandDefinition(
                    "DELETE FROM result_trail WHERE experiment = @Id AND at_ms < @before AND at_ms % @step <> 0",
                    new { results.Id, before = point.AtMs - (long)age.TotalMilliseconds, step = (long)step.TotalMilliseconds }, transaction, cancellationToken: token));
            }

            return added;
        }, cancellationToken);
    }

    private TrailPoint PointOf(ResultsView results)
    {
        var now = results.At.ToUnixTimeMilliseconds();
        return new TrailPoint(
            now - (now % (long)options.CurveStep.TotalMilliseconds),
            results.Users,
            [
                .. results.Metrics.SelectMany(static metric => metric.Arms.Where(static arm => arm.Lift is not null)
                    .Select(arm => new TrailArm(metric.Name, arm.Arm, arm.Value, arm.ControlValue, arm.Lift!, arm.Anytime))),
            ]);
    }
}
