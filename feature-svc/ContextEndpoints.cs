using Microsoft.AspNetCore.Http.HttpResults;
using Splitrail.Contracts;
using Splitrail.FeatureSvc.Contexts;

namespace Splitrail.FeatureSvc;

internal static class ContextEndpoints
{
    public static void MapContext(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(InnerPaths.Context, Read);
        routes.MapPost(InnerPaths.ContextBatch, ReadBatch);
    }

    private static async Task<JsonHttpResult<ContextResponse>> Read(ContextRequest request, ContextReader contexts, CancellationToken cancellationToken) =>
        TypedResults.Json(await ReadAsync(request, contexts, cancellationToken), ContractsJson.Default.ContextResponse);

    private static async Task<JsonHttpResult<Batch<ContextResponse>>> ReadBatch(Batch<ContextRequest> requests, ContextReader contexts, CancellationToken cancellationToken)
    {
        var responses = new List<ContextResponse>();
        foreach (var request in (requests.Entries ?? []).OfType<ContextRequest>())
            responses.Add(await ReadAsync(request, contexts, cancellationToken));
        return TypedResults.Json(new Batch<ContextResponse>(responses), ContractsJson.Default.BatchContextResponse);
    }

    private static async ValueTask<ContextResponse> ReadAsync(ContextRequest request, ContextReader contexts, CancellationToken cancellationToken)
    {
        var context = await contexts.ReadAsync(request, cancellationToken);
        return new ContextResponse(context.Version == 0 ? Outcomes.UnknownUser : Outcomes.Found, context);
    }
}
