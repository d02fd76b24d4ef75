using Splitrail.ExperimentSvc.Registry.ServedDays;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Registry.Calibration;

/// <summary>Looks at served lists from time to time: what their scores promised, which every replica finds alike, and what came of them by day, which the replicas count in turn.</summary>
internal sealed partial class CalibrationWatch(
    ServedCalibrationReader reader, CalibrationMetrics metrics, ModelDayStore days, SchemaUpgrade schema, ExperimentOptions options, TimeProvider time, ILogger<CalibrationWatch> logger) : BackgroundService
{
    /// <summary>Bounds what a look costs; the rest is counted by the next one.</summary>
    private const int MostPages = 5;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await schema.Completed.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                metrics.Found(await reader.ReadAsync(stoppingToken));
                for (var i = 0; i < MostPages && await days.CountAsync(options.Registry.CalibrationAfter, stoppingToken); i++)
                    continue;
            }
            catch (DatabaseAwayException away)
            {
                Waiting(logger, away.Message);
            }

            await Task.Delay(options.Registry.CalibrationInterval, time, stoppingToken);
        }
    }

    [LoggerMessage(EventId = 388, Level = LogLevel.Debug, Message = "The calibration of served scores waits: {Reason}")]
    private static partial void Waiting(ILogger logger, string reason);
}
