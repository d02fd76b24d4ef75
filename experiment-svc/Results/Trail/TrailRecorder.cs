using Splitrail.ExperimentSvc.Definitions;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Results.Trail;

/// <summary>Takes a point of every running experiment at each step. All replicas do; what is there already stays.</summary>
internal sealed partial class TrailRecorder(
    DefinitionStore definitions, ResultsReader results, ResultTrail trail, SchemaUpgrade schema, ExperimentOptions options, ExperimentMetrics metrics, TimeProvider time,
    ILogger<TrailRecorder> logger) : BackgroundService
{
    private bool _away;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await schema.Completed.WaitAsync(stoppingToken);
        // Not sooner than results are evaluated, so that tests which turn that up see points as well.
        using var timer = new PeriodicTimer(options.EvaluationInterval < options.Console.CurveStep ? options.EvaluationInterval : options.Console.CurveStep, time);
        do
        {
            try
            {
                await RecordAsync(stoppingToken);
                _away = false;
            }
            catch (DatabaseAwayException away)
            {
                if (!_away)
                    Waiting(logger, away.Message);
                _away = true;
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task RecordAsync(CancellationToken cancellationToken)
    {
        var set = await definitions.ReadAsync(cancellationToken);
        foreach (var record in set.Records.Where(static record => record.IsRunning))
        {
            try
            {
                await trail.AddAsync(await results.ReadAsync(record, cancellationToken), cancellationToken);
            }
            catch (Exception broken) when (broken is not (DatabaseAwayException or OperationCanceledException))
            {
                // A curve that has no point must not stop the service.
                metrics.CountFailure("trail");
                Failed(logger, broken, record.Id);
            }
        }
    }

    [LoggerMessage(EventId = 393, Level = LogLevel.Error, Message = "The results of experiment {Experiment} cannot be kept for its curves")]
    private static partial void Failed(ILogger logger, Exception exception, string experiment);

    [LoggerMessage(EventId = 391, Level = LogLevel.Warning, Message = "Points of results wait for the database: {Reason}")]
    private static partial void Waiting(ILogger logger, string reason);
}
