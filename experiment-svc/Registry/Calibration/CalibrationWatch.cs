using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Registry.Calibration;

/// <summary>Looks at served scores from time to time. Every replica does, and finds the same.</summary>
internal sealed partial class CalibrationWatch(
    ServedCalibrationReader reader, CalibrationMetrics metrics, SchemaUpgrade schema, ExperimentOptions options, TimeProvider time, ILogger<CalibrationWatch> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await schema.Completed.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                metrics.Found(await reader.ReadAsync(stoppingToken));
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
