using Splitrail.ExperimentSvc.Pages.Demo;

namespace Splitrail.ExperimentSvc.Pages.Assets;

/// <summary>All that a page refers to.</summary>
internal static class AssetTable
{
    public static Asset Style { get; } = Asset.Read("console.css", "text/css; charset=utf-8");

    public static Asset Script { get; } = Asset.Read("console.js", "text/javascript; charset=utf-8");

    public static Asset Icon { get; } = Asset.Read("icon.svg", "image/svg+xml");

    public static Asset TryItStyle { get; } = Asset.Read("try-it.css", "text/css; charset=utf-8");

    public static Asset DemoStyle { get; } = Asset.Read("demo.css", "text/css; charset=utf-8", DemoPaths.Root);

    public static Asset DemoScript { get; } = Asset.Read("demo.js", "text/javascript; charset=utf-8", DemoPaths.Root);

    public static Asset DemoIcon { get; } = Asset.Read("icon.svg", "image/svg+xml", DemoPaths.Root);

    public static IReadOnlyList<Asset> All { get; } = [Style, Script, Icon, TryItStyle, DemoStyle, DemoScript, DemoIcon];
}
