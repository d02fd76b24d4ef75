using Microsoft.AspNetCore.Http.HttpResults;
using Splitrail.ExperimentSvc.Control;
using Splitrail.Hosting;

namespace Splitrail.ExperimentSvc;

/// <summary>Public; the gateway proxies it.</summary>
internal static class ExperimentEndpoints
{
    public static void MapExperiments(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/experiments", List);
        routes.MapGet("/v1/experiments/{id}", Get);
    }

    private static async Task<JsonHttpResult<ExperimentList>> List(ExperimentReader experiments, CancellationToken cancellationToken) =>
        TypedResults.Json(await experiments.ListAsync(cancellationToken), ViewJson.Default.ExperimentList);

    private static async Task<Results<JsonHttpResult<ExperimentView>, ProblemHttpResult>> Get(string id, ExperimentReader experiments, CancellationToken cancellationToken)
    {
        var list = await experiments.ListAsync(cancellationToken);
        if (list.Experiments.FirstOrDefault(experiment => experiment.Id == id) is { } found)
            return TypedResults.Json(found, ViewJson.Default.ExperimentView);
        return TypedResults.Problem(
            title: "Unknown experiment",
            detail: $"There is no experiment {BadInput.Show(id)}. Known: {string.Join(", ", list.Experiments.Select(static experiment => experiment.Id))}.",
            statusCode: StatusCodes.Status404NotFound);
    }
}
