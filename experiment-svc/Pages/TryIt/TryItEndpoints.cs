using Microsoft.AspNetCore.Mvc;

namespace Splitrail.ExperimentSvc.Pages.TryIt;

/// <summary>What one shopper would get, for whoever is signed in. It changes nothing, so that every role may look.</summary>
internal static class TryItEndpoints
{
    public static void MapTryIt(this IEndpointRouteBuilder pages) => pages.MapGet(ConsolePaths.TryIt, Show);

    private static async Task<IResult> Show(
        [FromQuery] string? experiment, [FromQuery] string? user, [FromQuery] string? items, [FromQuery] string? similar, [FromQuery] string? q,
        Visit visit, TryItReader reader, CancellationToken cancellationToken)
    {
        var question = (experiment ?? user ?? items ?? similar ?? q) is null
            ? null
            : new TryItQuestion(experiment ?? "", user?.Trim() ?? "", items?.Trim() ?? "", similar?.Trim() ?? "", q?.Trim() ?? "");
        return PageResult.Of<TryItPage>(visit, await reader.ReadAsync(question, cancellationToken));
    }
}
