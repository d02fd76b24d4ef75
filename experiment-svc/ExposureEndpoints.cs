using Splitrail.Contracts;
using Splitrail.Dapr;
using Splitrail.ExperimentSvc.Exposures;

namespace Splitrail.ExperimentSvc;

/// <summary>Exposures, from the broker.</summary>
internal static class ExposureEndpoints
{
    /// <summary>Where the declarative subscription of topic <c>exposures</c> points to.</summary>
    public const string Route = "/events/exposures";

    public static void MapExposures(this IEndpointRouteBuilder routes)
    {
        var intake = routes.ServiceProvider.GetRequiredService<ExposureIntake>();
        routes.MapSubscription(Route, ContractsJson.Default.ExposureBatch, (message, token) => intake.TakeAsync(message.Data, token));
    }
}
