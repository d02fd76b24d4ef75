using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Ingestion;

/// <summary>What has to be looked at from time to time, on every replica: they take turns, and what one has done the others find done.</summary>
internal sealed partial class IntakeUpkeep(
    Recount recount, Retention retention, IngestionOptions options, ExperimentOptions poll, SchemaUpgrade schema, TimeProvider time, ILogger<IntakeUpkeep> logger) : BackgroundService
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

            await Task.Delay(poll.PollInterval * 4, time, stoppingToken);
        }
    }

    [LoggerMessage(EventId = 362, Level = LogLevel.Information, Message = "{Count} experiments were counted anew, because what counts has changed")]
    private static partial void Counted(ILogger logger, int count);

    [LoggerMessage(EventId = 363, Level = LogLevel.Information, Message = "Retention deleted {Rows} raw rows")]
    private static partial void Deleted(ILogger logger, long rows);

    [LoggerMessage(EventId = 364, Level = LogLevel.Debug, Message = "Recount and retention wait for the database: {Reason}")]
    private static partial void Waiting(ILogger logger, string reason);
}
