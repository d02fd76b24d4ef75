using Microsoft.AspNetCore.Http.HttpResults;
using Splitrail.ExperimentSvc.Api;
using Splitrail.ExperimentSvc.Control;

namespace Splitrail.ExperimentSvc;

/// <summary>Public; the gateway proxies it.</summary>
internal static class ModelEndpoints
{
    public static void MapModels(this IEndpointRouteBuilder routes) => routes.MapGet("/v1/models", List);

    private static Ok<ModelList> List(ControlPlane control, ActiveModelWatch models) => TypedResults.Ok(
        new ModelList(control.Current?.ActiveModel, control.Current?.Version ?? 0, models.Versions));
}
