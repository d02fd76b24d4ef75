using System.Threading.Channels;
using Splitrail.CandidateSvc.Search.Indexing;
using Splitrail.Feeds;
using Splitrail.Hosting;

namespace Splitrail.CandidateSvc.Search;

/// <summary>
/// Keeps <see cref="ServingSearch"/> at the catalogue that the feed holds, whatever becomes of models: a new item can be found as soon as the feed has brought it.
/// The large segment is built again in the background, while changes go on being served from the small one.
/// </summary>
internal sealed partial class SearchKeeper(
    CatalogFeed catalogue, SearchEngine engine, ServingSearch serving, CandidateMetrics metrics, Readiness readiness, TimeProvider time, ILogger<SearchKeeper> logger)
    : BackgroundService
{
    private const string ReadyPart = "search";
    private readonly Channel<Change> _changes = Channel.CreateUnbounded<Change>(new UnboundedChannelOptions { SingleReader = true });
    private bool _isRebuilding;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        readiness.Require(ReadyPart);
        catalogue.Changed += catalog => _changes.Writer.TryWrite(new Change(catalog, null));
        // What the feed holds already, from its copy on disk, is announced to nobody.
        if (catalogue.Current is { Version: > 0 } held)
            _changes.Writer.TryWrite(new Change(held, null));
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Indexing is synchronous; it must not hold up the start of the host.
        await Task.Yield();
        await foreach (var change in _changes.Reader.ReadAllAsync(stoppingToken))
            Take(change);
    }

    private void Take(Change change)
    {
        var (started, before) = (time.GetTimestamp(), serving.Current);
        if (change.Rebuilt is { } rebuilt)
            _isRebuilding = false;
        else if (before is not null && change.Catalog.Version == before.Version)
            return;
        var view = change.Rebuilt is { } main ? engine.Adopt(main, catalogue.Current) : engine.Apply(change.Catalog);
        serving.Swap(view);
        readiness.MarkReady(ReadyPart);
        var what = !ReferenceEquals(view.Main, before?.Main) ? "all" : !ReferenceEquals(view.Recent, before.Recent) ? "texts" : "columns";
        metrics.SearchUpdate(what);
        var (items, recent, elapsed) = (view.ItemCount, view.Recent.Count, time.GetElapsedTime(started));
        Indexed(logger, view.Version, what, items, recent, elapsed);
        if (engine.WantsRebuild && !_isRebuilding)
            Rebuild(change.Catalog);
    }

    private void Rebuild(Catalog catalog)
    {
        _isRebuilding = true;
        _ = Task.Run(() => engine.Rebuild(catalog)).ContinueWith(
            built => built.IsCompletedSuccessfully
                ? _changes.Writer.TryWrite(new Change(catalog, built.Result))
                : _changes.Writer.TryComplete(built.Exception), // A bug: it ends the service here as it would have at the start.
            TaskScheduler.Default);
    }

    [LoggerMessage(EventId = 320, Level = LogLevel.Debug, Message = "Search at catalogue {Version}: {What} indexed in {Elapsed}, {Items} items, {Recent} of them apart")]
    private static partial void Indexed(ILogger logger, long version, string what, int items, int recent, TimeSpan elapsed);

    /// <param name="Catalog">The new catalogue, or that of <paramref name="Rebuilt"/>.</param>
    /// <param name="Rebuilt">A large segment that was built in the background.</param>
    private sealed record Change(Catalog Catalog, SearchSegment? Rebuilt);
}
