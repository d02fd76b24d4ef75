using Microsoft.AspNetCore.Http.HttpResults;
using Splitrail.Contracts;
using Splitrail.Gateway.Previews;
using Splitrail.Gateway.Recommendations;
using Splitrail.Hosting;
using Splitrail.Input;

namespace Splitrail.Gateway;

/// <summary>What an arm would serve, for the console. No exposure, no metric and no session is written, so that looking changes nothing.</summary>
internal static class PreviewEndpoints
{
    public static void MapPreviews(this IEndpointRouteBuilder routes) => routes.MapPost(PublicPaths.Preview, Preview)
        .AddEndpointFilter(static async (context, next) =>
        {
            var key = context.HttpContext.RequestServices.GetRequiredService<PreviewKey>();
            return key.Opens(context.HttpContext.Request) ? await next(context)
                : TypedResults.Problem(
                    title: "Not allowed",
                    detail: key.IsSet ? $"'{PublicPaths.PreviewKeyHeader}' is not the key of previews." : "Previews are off: set Gateway:PreviewKey, and ExperimentSvc:PreviewKey to the same.",
                    statusCode: StatusCodes.Status403Forbidden);
        })
        .ExcludeFromDescription();

    private static async Task<Results<Ok<PreviewResponse>, ProblemHttpResult>> Preview(StrictBody<PreviewRequest> body, RecommendationPipeline pipeline)
    {
        if (!body.TryGet(out var preview, out var problem))
            return problem;
        if (!RecommendationRules.TryRead(preview.Request ?? new RecommendationRequest(), out var query, out var fault))
            return fault.ToProblem();
        var requestId = RequestId.Current!;
        var made = await pipeline.RunAsync(query with { SessionId = null, Explain = true, Preview = preview.Parameters ?? new ArmParameters() }, requestId);
        return TypedResults.Ok(new PreviewResponse(
            Answers.Of(made, requestId), made.Known?.EventCount, [.. made.Known?.History.Take(PreviewResponse.MostHistory).Select(static item => item.ItemId) ?? []]));
    }
}
