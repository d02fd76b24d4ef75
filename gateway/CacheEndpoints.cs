using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Splitrail.Gateway.Caching;
using Splitrail.Gateway.Input;

namespace Splitrail.Gateway;

internal static class CacheEndpoints
{
    public static void MapCaches(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/cache_stats", Statistics).WithSummary("Hits, misses and sizes of the caches");
        routes.MapPost("/cache_warmup", WarmUp)
            .WithSummary("Fill the caches with what all guests ask for")
            .WithDescription("Does nothing when it was done within the life of a cached list, unless force is true.");
        routes.MapPost("/cache_clear", Clear).WithSummary("Empty the caches");
    }

    private static Ok<CachesShown> Statistics(ContextCache contexts, ListCache lists) =>
        TypedResults.Ok(new CachesShown(contexts.Statistics(), lists.Statistics()));

    private static async Task<Results<Ok<WarmedUp>, ProblemHttpResult>> WarmUp(
        [FromQuery(Name = "force"), Description("true or false; default false.")] string? force, CacheWarmup warmup, CancellationToken cancellationToken)
    {
        if (QueryRules.ReadSwitch("force", force, false, out var forced) is { } fault)
            return fault.ToProblem();
        return TypedResults.Ok(await warmup.RunAsync(forced, cancellationToken));
    }

    private static Ok<CachesCleared> Clear(ContextCache contexts, ListCache lists) =>
        TypedResults.Ok(new CachesCleared(contexts.Clear(), lists.Clear()));
}
