namespace Splitrail.ExperimentSvc.Pages.Operation;

internal static class SystemPageEndpoints
{
    public static void MapSystemPage(this IEndpointRouteBuilder pages) => pages.MapGet(ConsolePaths.System, Show);

    private static async Task<IResult> Show(Visit visit, SystemPages read, CancellationToken cancellationToken) => PageResult.Of<SystemPage>(visit, await read.ReadAsync(cancellationToken));
}
