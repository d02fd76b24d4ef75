using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Ingestion;

/// <summary>What has to be looked at from time to time, on every replica: they take turns, and what one has done the others find done.</summary>
internal sealed partial class IntakeUpkeep(
    Recount recount, Retention retention, IngestionOptions options, ExperimentOptions poll, ExperimentMetrics metrics, SchemaUpgrade schema, TimeProvider time, ILogger<IntakeUpkeep> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await schema.Completed.WaitAsync(stoppingToken);
        long? last = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await recount.RunAsync(stoppingToken) is > 0 and var counted)
                    Counted(logger, counted);
                if (last is null || time.GetElapsedTime(last.Value) >= options.RetentionInterval)
                {
                    if (await retention.RunAsync(stoppingToken) is > 0 and var deleted)
                        Deleted(logger, deleted);
                    last = time.GetTimestamp();
                }
            }
            catch (DatabaseAwayException away)
            {
                Waiting(logger, away.Message);
            }
            catch (Exception broken) when (broken is not OperationCanceledException)
            {
                // What cannot be counted anew or deleted must not stop what can still be taken in and decided.
                metrics.CountFailure("upkeep");
                Failed(logger, broken);
            }

            await Task.Delay(poll.PollInterval * 4, time, stoppingToken);
        }
    }

    [LoggerMessage(EventId = 362, Level = LogLevel.Information, Message = "{Count} experiments were counted anew, because what counts has changed")]
    private static partial void Counted(ILogger logger, int count);

    [LoggerMessage(EventId = 363, Level = LogLevel.Information, Message = "Retention deleted {Rows} raw rows")]
    private static partial void Deleted(ILogger logger, long rows);

    [LoggerMessage(EventId = 367, Level = LogLevel.Error, Message = "Recount or retention broke off")]
    private static partial void Failed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 364, Level = LogLevel.Debug, Message = "Recount and retention wait for the database: {Reason}")]
    private static partial void Waiting(ILogger logger, string reason);
}
