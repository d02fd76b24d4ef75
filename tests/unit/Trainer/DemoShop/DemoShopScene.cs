using Splitrail.Contracts;
using Splitrail.Datasets;
using Splitrail.Tests.Unit.Datasets;
using Splitrail.Trainer.DemoShop;
using Splitrail.Trainer.Terminal;

namespace Splitrail.Tests.Unit.Trainer.DemoShop;

/// <summary>A tenth of the default shop, made once for all tests.</summary>
public sealed class DemoShopScene
{
    internal static readonly DemoShopOptions Options = new(Seed: 11, Users: 2_000, Guests: 20_000, Items: 1_000, Days: 60);

    public DemoShopScene()
    {
        using var folder = new TemporaryFolder();
        Manifest = Make(Options, folder["shop"]);
        var dataset = DatasetFolder.Open(folder["shop"]);
        Items = [.. dataset.ReadItems()];
        Events = [.. dataset.ReadEvents()];
        Sessions = [.. Events.GroupBy(row => row.SessionId!).Select(session => session.ToList())];
    }

    public DatasetManifest Manifest { get; }

    public IReadOnlyList<CatalogItem> Items { get; }

    public IReadOnlyList<EventRow> Events { get; }

    /// <summary>By their first event.</summary>
    public IReadOnlyList<List<EventRow>> Sessions { get; }

    internal static DatasetManifest Make(DemoShopOptions options, string folder) =>
        new DemoShopGenerator(options).Generate(SilentWorkLog.Instance).Write(folder);
}
