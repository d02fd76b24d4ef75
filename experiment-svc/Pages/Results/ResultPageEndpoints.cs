using Splitrail.ExperimentSvc.Decisions;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Metrics;
using Splitrail.ExperimentSvc.Pages.Experiments;
using Splitrail.ExperimentSvc.Results;
using Splitrail.ExperimentSvc.Results.Trail;

namespace Splitrail.ExperimentSvc.Pages.Results;

internal static class ResultPageEndpoints
{
    private const int NewestDecisions = 100;

    public static void MapResultPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(ConsolePaths.Experiments + "/{id}/results", Show);
        pages.MapGet(ConsolePaths.Experiments + "/{id}/results.csv", Csv);
    }

    private static async Task<IResult> Show(
        string id, string? dimension, Visit visit, DefinitionStore store, ResultsReader results, DimensionReader dimensions, ResultTrail trail, DecisionStore decisions, CancellationToken cancellationToken)
    {
        var set = await store.ReadAsync(cancellationToken);
        if (!set.Experiments.TryGetValue(id, out var held))
            return PageResult.Of<MissingPage>(visit, id, StatusCodes.Status404NotFound);
        var decided = await decisions.NewestAsync(id, NewestDecisions, cancellationToken);
        var groups = dimension is not null && DimensionTable.Find(dimension) is { } asked ? await dimensions.ReadAsync(held.Value, asked, cancellationToken) : null;
        return PageResult.Of<ResultsPage>(visit, new ResultsModel(
            await results.ReadAsync(held.Value, cancellationToken), await trail.OfAsync(id, cancellationToken), [.. decided.Select(DecisionView.Of)], groups));
    }

    private static async Task<IResult> Csv(string id, Visit visit, DefinitionStore store, ResultsReader results, CancellationToken cancellationToken)
    {
        var set = await store.ReadAsync(cancellationToken);
        return set.Experiments.TryGetValue(id, out var held)
            ? TypedResults.File(System.Text.Encoding.UTF8.GetBytes(ResultsCsv.Of(await results.ReadAsync(held.Value, cancellationToken))), ResultsCsv.ContentType, $"{id}.csv")
            : PageResult.Of<MissingPage>(visit, id, StatusCodes.Status404NotFound);
    }
}
