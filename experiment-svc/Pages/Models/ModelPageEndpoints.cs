using Microsoft.AspNetCore.Http.HttpResults;

namespace Splitrail.ExperimentSvc.Pages.Models;

internal static class ModelPageEndpoints
{
    public static void MapModelPages(this IEndpointRouteBuilder pages) => pages.MapGet(ConsolePaths.Models, Show);

    private static RazorComponentResult<ModelsPage> Show(Visit visit, ModelPages read) => PageResult.Of<ModelsPage>(visit, read.Read());
}
