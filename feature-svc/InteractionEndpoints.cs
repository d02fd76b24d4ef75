using Splitrail.Contracts;
using Splitrail.Dapr;
using Splitrail.FeatureSvc.Events;
using Splitrail.Sql;

namespace Splitrail.FeatureSvc;

/// <summary>What shoppers did, from the broker.</summary>
internal static partial class InteractionEndpoints
{
    /// <summary>Where the declarative subscription of topic <c>interactions</c> points to.</summary>
    public const string Route = "/events/interactions";

    public static void MapInteractions(this IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        var log = services.GetRequiredService<EventLog>();
        var metrics = services.GetRequiredService<FeatureMetrics>();
        var time = services.GetRequiredService<TimeProvider>();
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(InteractionEndpoints));
        routes.MapSubscription(Route, ContractsJson.Default.ShopEventBatch, (message, token) => Take(message.Data, log, metrics, time, logger, token));
    }

    /// <summary>Stores what is good. A batch with a bad event is dropped afterwards: the dead-letter topic keeps it to look at.</summary>
    private static async Task<Acknowledgement> Take(
        ShopEventBatch batch, EventLog log, FeatureMetrics metrics, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var good = new List<ShopEvent>();
        string? fault = batch.Events is null ? "events are missing" : null;
        foreach (var shopEvent in batch.Events ?? [])
        {
            if (EventRules.FaultOf(shopEvent, now) is { } found)
                fault ??= found;
            else
                good.Add(shopEvent);
        }

        try
        {
            var stored = await log.StoreAsync(good, cancellationToken);
            metrics.CountEvents("stored", stored);
            metrics.CountEvents("repeated", good.Count - stored);
        }
        catch (DatabaseAwayException away)
        {
            NotStored(logger, good.Count, away.Message);
            return Acknowledgement.Retry;
        }

        if (fault is null)
            return Acknowledgement.Success;
        var invalid = Math.Max(1, (batch.Events?.Count ?? 0) - good.Count);
        metrics.CountEvents("invalid", invalid);
        Refused(logger, invalid, fault);
        return Acknowledgement.Drop;
    }

    [LoggerMessage(EventId = 210, Level = LogLevel.Warning, Message = "{Count} events wait for the database: {Reason}")]
    private static partial void NotStored(ILogger logger, int count, string reason);

    [LoggerMessage(EventId = 211, Level = LogLevel.Warning, Message = "{Count} invalid events refused, the first because {Fault}")]
    private static partial void Refused(ILogger logger, int count, string fault);
}
