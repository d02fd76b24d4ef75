using Microsoft.AspNetCore.Http.HttpResults;
using Splitrail.ExperimentSvc.Access;
using Splitrail.ExperimentSvc.Api;
using Splitrail.ExperimentSvc.Chains;
using Splitrail.ExperimentSvc.Decisions;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Editing;
using Splitrail.ExperimentSvc.Metrics;
using Splitrail.ExperimentSvc.Planning;
using Splitrail.ExperimentSvc.Results;
using Splitrail.ExperimentSvc.Results.Shown;
using Splitrail.Input;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc;

/// <summary>What experiments have shown, and what was decided by it.</summary>
internal static class ResultEndpoints
{
    private const double UsualPower = 0.8;
    private const int NewestDecisions = 100;
    private const int MostDecisions = 1000;
    private const int ShownItems = 100;
    private const int MostShownItems = 10_000;

    public static void MapResults(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/experiments/{id}/results", Results);
        routes.MapGet("/v1/experiments/{id}/results.csv", Csv).Produces(StatusCodes.Status200OK, contentType: "text/csv");
        routes.MapGet("/v1/experiments/{id}/shown", Shown);
        routes.MapGet("/v1/experiments/{id}/decisions", Decisions);
        routes.MapPost("/v1/experiments/{id}/off-policy", OffPolicy).For(Role.Viewer);
        routes.MapGet("/v1/experiments/{id}/power", PowerOf);
        routes.MapPost("/v1/power", Power).For(Role.Viewer);
        routes.MapGet("/v1/experiments/decisions", Export).Produces(StatusCodes.Status200OK, contentType: ChainExport.ContentType);
        routes.MapGet("/v1/experiments/decisions/verify", Verify);
    }

    private static async Task<Results<Ok<ResultsView>, Ok<DimensionView>, ContentHttpResult, ProblemHttpResult>> Results(
        string id, string? format, string? dimension, DefinitionStore store, ResultsReader results, DimensionReader dimensions, CancellationToken cancellationToken)
    {
        if (format is not (null or "json" or "csv"))
            return Refusal.Bad("format", format, "must be json or csv").ToProblem();
        if (dimension is not null && DimensionTable.Find(dimension) is null)
            return Refusal.Bad("dimension", dimension, $"must be one of {string.Join(", ", DimensionTable.Names)}").ToProblem();
        var (record, missing) = await FindAsync(id, store, cancellationToken);
        if (record is null)
            return missing!.ToProblem();
        if (dimension is not null)
        {
            var split = await dimensions.ReadAsync(record, DimensionTable.Find(dimension)!, cancellationToken);
            return format == "csv" ? TypedResults.Text(ResultsCsv.Of(split), ResultsCsv.ContentType) : TypedResults.Ok(split);
        }

        var view = await results.ReadAsync(record, cancellationToken);
        return format == "csv" ? TypedResults.Text(ResultsCsv.Of(view), ResultsCsv.ContentType) : TypedResults.Ok(view);
    }

    private static async Task<IResult> Csv(
        string id, string? dimension, DefinitionStore store, ResultsReader results, DimensionReader dimensions, CancellationToken cancellationToken) =>
        (await Results(id, "csv", dimension, store, results, dimensions, cancellationToken)).Result;

    private static async Task<Results<Ok<ShownItemList>, ProblemHttpResult>> Shown(
        string id, int? limit, DefinitionStore store, ShownReader shown, CancellationToken cancellationToken)
    {
        if (limit is < 1 or > MostShownItems)
            return Refusal.Bad("limit", limit.ToString(), $"must be from 1 to {MostShownItems}").ToProblem();
        var (record, missing) = await FindAsync(id, store, cancellationToken);
        return record is null ? missing!.ToProblem() : TypedResults.Ok(await shown.ItemsAsync(record.Id, limit ?? ShownItems, cancellationToken));
    }

    private static async Task<Results<Ok<DecisionList>, ProblemHttpResult>> Decisions(
        string id, int? limit, DefinitionStore store, DecisionStore decisions, CancellationToken cancellationToken)
    {
        if (limit is < 1 or > MostDecisions)
            return Refusal.Bad("limit", limit.ToString(), $"must be from 1 to {MostDecisions}; all of them are in /v1/experiments/decisions").ToProblem();
        var (record, missing) = await FindAsync(id, store, cancellationToken);
        if (record is null)
            return missing!.ToProblem();
        return TypedResults.Ok(new DecisionList(id, [.. (await decisions.NewestAsync(id, limit ?? NewestDecisions, cancellationToken)).Select(DecisionView.Of)]));
    }

    private static async Task<Results<Ok<OffPolicyAnswer>, ProblemHttpResult>> OffPolicy(
        string id, StrictBody<OffPolicyRequest> body, DefinitionStore store, OffPolicyEvaluation evaluation, CancellationToken cancellationToken)
    {
        if (!body.TryGet(out var wanted, out var problem))
            return problem;
        var (record, missing) = await FindAsync(id, store, cancellationToken);
        if (record is null)
            return missing!.ToProblem();
        var (answer, refusal) = await evaluation.RunAsync(record, wanted, cancellationToken);
        return refusal is null ? TypedResults.Ok(answer) : refusal.ToProblem();
    }

    private static async Task<Results<Ok<ExperimentPowerAnswer>, ProblemHttpResult>> PowerOf(
        string id, string? metric, double? effect, double? power, DefinitionStore store, ExperimentPower planner, CancellationToken cancellationToken)
    {
        var (record, missing) = await FindAsync(id, store, cancellationToken);
        if (record is null)
            return missing!.ToProblem();
        var (answer, refusal) = await planner.RunAsync(record, metric, effect, power ?? UsualPower, cancellationToken);
        return refusal is null ? TypedResults.Ok(answer) : refusal.ToProblem();
    }

    private static Results<Ok<PowerAnswer>, ProblemHttpResult> Power(StrictBody<PowerRequest> body)
    {
        if (!body.TryGet(out var wanted, out var problem))
            return problem;
        var faults = PowerRules.Check(wanted);
        return faults.None ? TypedResults.Ok(new PowerPlanner(wanted).Plan()) : Refusal.Bad(faults.All).ToProblem();
    }

    private static Task Export(Database database, HttpResponse response, CancellationToken cancellationToken) =>
        ChainExport.WriteAsync(DecisionLog.Log, database, response, cancellationToken);

    private static async Task<Ok<ChainVerdict>> Verify(Database database, CancellationToken cancellationToken) =>
        TypedResults.Ok(await database.ScanAsync(DecisionCheck.OfDatabaseAsync, cancellationToken));

    private static async Task<(ExperimentRecord? Record, Refusal? Missing)> FindAsync(string id, DefinitionStore store, CancellationToken cancellationToken)
    {
        var set = await store.ReadAsync(cancellationToken);
        return set.Experiments.TryGetValue(id, out var held) ? (held.Value, null) : (null, Refusal.Unknown("experiment", id, set.Experiments.Keys));
    }
}
