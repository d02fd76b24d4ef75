using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Splitrail.Gateway.Flags;
using Splitrail.Gateway.Recommendations;

namespace Splitrail.Gateway;

internal static class FeatureFlagEndpoints
{
    public static void MapFeatureFlags(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/feature-flags", Export)
            .WithSummary("Kill switches and experiments as Microsoft Feature Management JSON")
            .WithDescription("Its clients give every user the arm that the gateway gives. What they would assign otherwise is listed under splitrail.not_exported with the reason.");

    private static Results<Ok<FeatureFlagExport>, StatusCodeHttpResult> Export(SnapshotFeatureDefinitions definitions, HttpContext context)
    {
        var compiled = definitions.Current;
        var tag = new EntityTagHeaderValue($"\"{compiled.Snapshot.ContentHash}\"");
        var headers = context.Response.GetTypedHeaders();
        headers.ETag = tag;
        context.Response.Headers[RecommendationEndpoints.SnapshotHeader] = SnapshotVersion.Text(compiled.Snapshot.Version);
        // The same content is the same export but for its version, which the header says.
        return context.Request.GetTypedHeaders().IfNoneMatch.Any(held => held.Compare(tag, useStrongComparison: false))
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Ok(FeatureFlagExport.Of(compiled));
    }
}
