using Microsoft.AspNetCore.Http.HttpResults;
using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Control;
using Splitrail.Input;

namespace Splitrail.ExperimentSvc;

internal static class ControlFeedEndpoints
{
    public static void MapControlFeed(this IEndpointRouteBuilder routes) => routes.MapPost(InnerPaths.ControlFeed, Feed);

    /// <summary>Read tolerantly, unlike the public API: during a rolling upgrade a newer reader may say more than this replica knows.</summary>
    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> Feed(HttpContext context, ControlPlane control, IHostApplicationLifetime lifetime)
    {
        var request = StrictJson.Parse(await StrictJson.ReadAsync(context), ContractsJson.Default.FeedRequest, out var fault);
        if (request is null)
            return fault!.ToProblem();
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        var wait = TimeSpan.FromMilliseconds(Math.Max(0, request.WaitMs ?? 0));
        return TypedResults.Bytes(await control.AnswerToAsync(request.Version, wait, ends.Token), "application/json");
    }
}
