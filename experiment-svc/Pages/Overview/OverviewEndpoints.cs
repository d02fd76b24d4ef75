namespace Splitrail.ExperimentSvc.Pages.Overview;

internal static class OverviewEndpoints
{
    public static void MapOverview(this IEndpointRouteBuilder pages) => pages.MapGet(ConsolePaths.Root, Show);

    private static async Task<IResult> Show(Visit visit, OverviewReader reader, CancellationToken cancellationToken) =>
        PageResult.Of<OverviewPage>(visit, await reader.ReadAsync(cancellationToken));
}
