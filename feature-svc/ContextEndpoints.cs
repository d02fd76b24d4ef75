using Microsoft.AspNetCore.Http.HttpResults;
using Splitrail.Contracts;
using Splitrail.FeatureSvc.Contexts;

namespace Splitrail.FeatureSvc;

internal static class ContextEndpoints
{
    public static void MapContext(this IEndpointRouteBuilder routes) => routes.MapPost(InnerPaths.Context, Read);

    private static async Task<JsonHttpResult<ContextResponse>> Read(ContextRequest request, ContextReader contexts, CancellationToken cancellationToken)
    {
        var context = await contexts.ReadAsync(request, cancellationToken);
        var outcome = context.Version == 0 ? Outcomes.UnknownUser : Outcomes.Found;
        return TypedResults.Json(new ContextResponse(outcome, context), ContractsJson.Default.ContextResponse);
    }
}
