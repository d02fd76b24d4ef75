using Splitrail.Contracts;
using Splitrail.Dapr;
using Splitrail.Sql;

namespace Splitrail.FeatureSvc.Events;

/// <summary>Stores what is good of a batch. A batch with a bad event is dropped afterwards: the dead-letter topic keeps it to look at.</summary>
internal sealed partial class EventIntake(EventLog log, FeatureMetrics metrics, TimeProvider time, ILogger<EventIntake> logger)
{
    public async Task<Acknowledgement> TakeAsync(ShopEventBatch batch, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var checkedOnes = (batch.Events ?? []).Select(shopEvent => (Event: shopEvent, Fault: EventRules.FaultOf(shopEvent, now))).ToArray();
        ShopEvent[] good = [.. checkedOnes.Where(static one => one.Fault is null).Select(static one => one.Event)];
        try
        {
            var stored = await log.StoreAsync(good, cancellationToken);
            metrics.CountEvents("stored", stored);
            metrics.CountEvents("repeated", good.Length - stored);
        }
        catch (DatabaseAwayException away)
        {
            NotStored(logger, good.Length, away.Message);
            return Acknowledgement.Retry;
        }

        var fault = batch.Events is null ? "events are missing" : checkedOnes.FirstOrDefault(static one => one.Fault is not null).Fault;
        if (fault is null)
            return Acknowledgement.Success;
        metrics.CountEvents("invalid", Math.Max(1, checkedOnes.Length - good.Length));
        Refused(logger, checkedOnes.Length - good.Length, fault);
        return Acknowledgement.Drop;
    }

    [LoggerMessage(EventId = 210, Level = LogLevel.Warning, Message = "{Count} events wait for the database: {Reason}")]
    private static partial void NotStored(ILogger logger, int count, string reason);

    [LoggerMessage(EventId = 211, Level = LogLevel.Warning, Message = "{Count} invalid events refused, the first because {Fault}")]
    private static partial void Refused(ILogger logger, int count, string fault);
}
