using Splitrail.Contracts;
using Splitrail.Dapr;
using Splitrail.Gateway.Caching;

namespace Splitrail.Gateway.Events;

/// <summary>Hands events to the broker; what it answers decides what the shop is told.</summary>
internal sealed class EventIntake(DaprClient dapr, ContextCache contexts, GatewayOptions options, GatewayMetrics metrics, TimeProvider time)
{
    /// <summary>Counts events that break a rule: one bad event refuses its whole batch.</summary>
    public void Refuse(int count) => metrics.EventsReceived(Math.Max(count, 1), "refused");

    /// <returns>The fault when the broker does not have them.</returns>
    public async Task<DaprFault?> PublishAsync(IReadOnlyList<ShopEvent> events)
    {
        using var limit = new CancellationTokenSource(options.PublishTimeout, time);
        var result = await dapr.PublishEventAsync(
            Topics.PubSub, Topics.Interactions, new ShopEventBatch(events), ContractsJson.Default.ShopEventBatch, cancellationToken: limit.Token);
        metrics.EventsReceived(events.Count, result.IsSuccess ? "accepted" : "broker_away");
        foreach (var one in events)
        {
            contexts.Drop(one.UserId, one.SessionId);
            if (result.IsSuccess)
                metrics.Happened(one);
        }

        return result.Fault;
    }
}
