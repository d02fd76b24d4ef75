using Microsoft.AspNetCore.Http.HttpResults;
using Splitrail.Contracts;
using Splitrail.FeatureSvc.Catalogs;
using Splitrail.Sql;

namespace Splitrail.FeatureSvc;

internal static class CatalogEndpoints
{
    public static void MapCatalog(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(InnerPaths.CatalogFeed, Feed);
        routes.MapPost(InnerPaths.CatalogUpsert, Upsert);
    }

    private static FileContentHttpResult Feed(FeedRequest request, CatalogMirror mirror) =>
        TypedResults.Bytes(mirror.Current?.AnswerTo(request.Version) ?? CatalogState.NotReady, "application/json");

    private static async Task<JsonHttpResult<CatalogUpsertResponse>> Upsert(
        CatalogUpsertRequest request, Database database, CatalogMirror mirror, CancellationToken cancellationToken)
    {
        if (CatalogRules.FaultOf(request) is { } fault)
            return Answer(new CatalogUpsertResponse(Outcomes.Invalid, mirror.Current?.Version ?? 0, fault));
        var version = await database.WriteAsync(
            (transaction, token) => CatalogTable.UpsertAsync(transaction, request.Items, fromDataset: false, token), cancellationToken);
        await mirror.RefreshAsync(cancellationToken);
        return Answer(new CatalogUpsertResponse(Outcomes.Accepted, version));
    }

    private static JsonHttpResult<CatalogUpsertResponse> Answer(CatalogUpsertResponse response) =>
        TypedResults.Json(response, ContractsJson.Default.CatalogUpsertResponse);
}
