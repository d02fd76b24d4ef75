using Microsoft.Extensions.Logging;
using Splitrail.Contracts;
using Splitrail.Dapr;
using Splitrail.Hosting;

namespace Splitrail.Feeds;

/// <summary>The catalogue this process works with: cached lists are filtered with it when they are served.</summary>
public sealed partial class CatalogFeed(
    DaprClient dapr, FeedOptions options, Readiness readiness, TimeProvider time, ILogger<CatalogFeed> logger)
    : FeedPoller("catalog", AppIds.Feature, options, readiness, time, logger)
{
    private const int Kept = 2;

    private readonly DiskCopy<CatalogFeedResponse> _disk = new(options.Directory, "catalog", Kept, ContractsJson.Default.CatalogFeedResponse);
    private volatile Catalog _current = Catalog.Empty;

    public Catalog Current => _current;

    public override long Version => _current.Version;

    /// <summary>Raised on the poller's thread after the swap.</summary>
    public event Action<Catalog>? Changed;

    protected override void LoadDiskCopy()
    {
        if (_disk.Read(FaultOf, DiskCopyRefused) is { } all)
            Take(all);
    }

    protected override async Task<DaprFault?> PollAsync(CancellationToken cancellationToken)
    {
        var answer = await dapr.InvokeMethodAsync(
            AppIds.Feature, InnerPaths.CatalogFeed, new FeedRequest(Version),
            ContractsJson.Default.FeedRequest, ContractsJson.Default.CatalogFeedResponse, cancellationToken);
        if (answer.Fault is { } fault)
            return fault;
        if (answer.Value is { Outcome: Outcomes.Changed } change)
        {
            Take(change);
            _disk.Write(new CatalogFeedResponse(Outcomes.Changed, Version, Full: true, _current.Items.Values));
        }

        return null;
    }

    private static string? FaultOf(CatalogFeedResponse copy) =>
        copy.Items is null || copy.Items.Any(static item => item?.ItemId is null) ? "it has no items, or one without an id" : null;

    private void Take(CatalogFeedResponse change)
    {
        var catalog = _current.Apply(change);
        _current = catalog;
        Changed?.Invoke(catalog);
        Taken(Logger, catalog.Version, change.Items.Count, catalog.Items.Count);
    }

    [LoggerMessage(EventId = 920, Level = LogLevel.Information, Message = "Catalogue {Version} taken: {Changed} items changed, {Items} in all")]
    private static partial void Taken(ILogger logger, long version, int changed, int items);
}
