using Microsoft.AspNetCore.Http.HttpResults;
using Splitrail.ExperimentSvc.Api;
using Splitrail.ExperimentSvc.Audit;
using Splitrail.ExperimentSvc.Chains;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Editing;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc;

/// <summary>What changed, and the proof that it was so.</summary>
internal static class HistoryEndpoints
{
    public static void MapHistory(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/experiments/{id}/history", Of);
        routes.MapGet("/v1/experiments/audit", Export).Produces(StatusCodes.Status200OK, contentType: ChainExport.ContentType);
        routes.MapGet("/v1/experiments/audit/verify", Verify);
    }

    private static async Task<Results<Ok<History>, ProblemHttpResult>> Of(string id, HistoryReader history, DefinitionStore store, CancellationToken cancellationToken)
    {
        var changes = await history.OfAsync(id, cancellationToken);
        return changes.Count == 0
            ? Refusal.Unknown("experiment", id, (await store.ReadAsync(cancellationToken)).Experiments.Keys).ToProblem()
            : TypedResults.Ok(new History(id, changes));
    }

    private static Task Export(Database database, HttpResponse response, CancellationToken cancellationToken) => ChainExport.WriteAsync(AuditLog.Log, database, response, cancellationToken);

    private static async Task<Ok<ChainVerdict>> Verify(Database database, CancellationToken cancellationToken) =>
        TypedResults.Ok(await database.ScanAsync(AuditCheck.OfDatabaseAsync, cancellationToken));
}
