using Microsoft.AspNetCore.Http.HttpResults;
using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Control;

namespace Splitrail.ExperimentSvc;

internal static class ControlFeedEndpoints
{
    public static void MapControlFeed(this IEndpointRouteBuilder routes) => routes.MapPost(InnerPaths.ControlFeed, Feed);

    private static FileContentHttpResult Feed(FeedRequest request, ControlPlane control) => TypedResults.Bytes(control.AnswerTo(request.Version), "application/json");
}
