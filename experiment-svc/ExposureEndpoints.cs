using Splitrail.Contracts;
using Splitrail.Dapr;
using Splitrail.Intake;

namespace Splitrail.ExperimentSvc;

/// <summary>Exposures, from the broker.</summary>
internal static class ExposureEndpoints
{
    /// <summary>Where the declarative subscription of topic <c>exposures</c> points to.</summary>
    public const string Route = "/events/exposures";

    public static void MapExposures(this IEndpointRouteBuilder routes)
    {
        var intake = routes.ServiceProvider.GetRequiredService<BatchIntake<Exposure>>();
        routes.MapBulkSubscription(
            Route, ContractsJson.Default.ExposureBatch, (messages, token) => intake.TakeAsync([.. messages.Select(static message => message.Data.Exposures)], token));
    }
}
