using Splitrail.Contracts;
using Splitrail.Dapr;
using Splitrail.FeatureSvc.Events;

namespace Splitrail.FeatureSvc;

/// <summary>What shoppers did, from the broker.</summary>
internal static class InteractionEndpoints
{
    /// <summary>Where the declarative subscription of topic <c>interactions</c> points to.</summary>
    public const string Route = "/events/interactions";

    public static void MapInteractions(this IEndpointRouteBuilder routes)
    {
        var intake = routes.ServiceProvider.GetRequiredService<BatchIntake<ShopEvent>>();
        routes.MapBulkSubscription(
            Route, ContractsJson.Default.ShopEventBatch, (messages, token) => intake.TakeAsync([.. messages.Select(static message => message.Data.Events)], token));
    }
}
