using Microsoft.AspNetCore.Http.HttpResults;
using Splitrail.CandidateSvc.Serving;
using Splitrail.Contracts;

namespace Splitrail.CandidateSvc;

internal static class ModelSummaryEndpoints
{
    public static void MapModelSummary(this IEndpointRouteBuilder routes) => routes.MapPost(InnerPaths.ModelSummary, Summarise);

    private static JsonHttpResult<ModelSummary> Summarise(ServingModel serving) => TypedResults.Json(
        serving.Current?.Bundle.Manifest is { } manifest
            ? new ModelSummary(Outcomes.Found, manifest.Version, manifest.TrainedAt, manifest.FeatureSet, manifest.Items, manifest.Events, manifest.Metrics)
            : new ModelSummary(Outcomes.NotReady, null, null, null, 0, 0, null),
        ContractsJson.Default.ModelSummary);
}
