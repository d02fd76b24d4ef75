using Splitrail.Contracts;
using Splitrail.Dapr;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Exposures;

/// <summary>Stores what is good of a batch. A batch with a bad exposure is dropped afterwards: the dead-letter topic keeps it to look at.</summary>
internal sealed partial class ExposureIntake(ExposureLog log, ExperimentMetrics metrics, TimeProvider time, ILogger<ExposureIntake> logger)
{
    public async Task<Acknowledgement> TakeAsync(ExposureBatch batch, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var checkedOnes = (batch.Exposures ?? []).Select(exposure => (Exposure: exposure, Fault: ExposureRules.FaultOf(exposure, now))).ToArray();
        Exposure[] good = [.. checkedOnes.Where(static one => one.Fault is null).Select(static one => one.Exposure)];
        try
        {
            var stored = await log.StoreAsync(good, cancellationToken);
            metrics.CountExposures("stored", stored);
            metrics.CountExposures("repeated", good.Length - stored);
        }
        catch (DatabaseAwayException away)
        {
            NotStored(logger, good.Length, away.Message);
            return Acknowledgement.Retry;
        }

        var fault = batch.Exposures is null ? "exposures are missing" : checkedOnes.FirstOrDefault(static one => one.Fault is not null).Fault;
        if (fault is null)
            return Acknowledgement.Success;
        metrics.CountExposures("invalid", Math.Max(1, checkedOnes.Length - good.Length));
        Refused(logger, checkedOnes.Length - good.Length, fault);
        return Acknowledgement.Drop;
    }

    [LoggerMessage(EventId = 330, Level = LogLevel.Warning, Message = "{Count} exposures wait for the database: {Reason}")]
    private static partial void NotStored(ILogger logger, int count, string reason);

    [LoggerMessage(EventId = 331, Level = LogLevel.Warning, Message = "{Count} invalid exposures refused, the first because {Fault}")]
    private static partial void Refused(ILogger logger, int count, string fault);
}
