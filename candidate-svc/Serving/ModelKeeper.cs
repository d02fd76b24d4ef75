using System.Threading.Channels;
using Splitrail.CandidateSvc.Embeddings;
using Splitrail.CandidateSvc.Filters;
using Splitrail.CandidateSvc.Search;
using Splitrail.Contracts;
using Splitrail.Feeds;
using Splitrail.Hosting;
using Splitrail.Models;
using Splitrail.Retrieval;

namespace Splitrail.CandidateSvc.Serving;

/// <summary>
/// Keeps <see cref="ServingModel"/> at the model that the control snapshot names and the catalogue that the feed holds. Loading happens here, beside
/// the requests, which go on with the old model until the new one is complete; one that cannot be loaded leaves the old one in place.
/// </summary>
internal sealed partial class ModelKeeper(
    ControlFeed control,
    CatalogFeed catalogue,
    ModelStore store,
    SearchIndexCache search,
    ServingModel serving,
    ServingEmbeddings embeddings,
    CandidateOptions options,
    CandidateMetrics metrics,
    Readiness readiness,
    TimeProvider time,
    ILogger<ModelKeeper> logger) : BackgroundService
{
    private const string ReadyPart = "model";
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private ModelBundle? _bundle;
    private CandidateGenerator? _generator;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        readiness.Require(ReadyPart);
        control.Changed += _ => _changes.Writer.TryWrite(true);
        catalogue.Changed += _ => _changes.Writer.TryWrite(true);
        embeddings.Changed += () => _changes.Writer.TryWrite(true);
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Loading is long and synchronous; it must not hold up the start of the host.
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            var upToDate = KeepUp();
            await WaitAsync(upToDate ? Timeout.InfiniteTimeSpan : options.ModelRetry, stoppingToken);
        }
    }

    private async Task WaitAsync(TimeSpan atMost, CancellationToken stoppingToken)
    {
        using var timeout = new CancellationTokenSource(atMost, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stoppingToken);
        Task change = _changes.Reader.ReadAsync(either.Token).AsTask();
        await change.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>True when what is wanted is what is served.</summary>
    private bool KeepUp()
    {
        var catalog = catalogue.Current;
        try
        {
            // Before the first snapshot was seen the folder itself says what is in production.
            var wanted = control.Current?.ActiveModel ?? store.ActiveVersion();
            if (wanted is null || catalog.Version == 0)
            {
                serving.Report(wanted is null ? "no model was activated" : "no catalogue yet");
                return false;
            }

            if (_bundle?.Manifest.Version != wanted)
                Load(wanted);
            serving.Report(null);
        }
        catch (Exception fault) when (fault is ModelException or IOException or UnauthorizedAccessException)
        {
            metrics.ModelLoad("failed");
            serving.Report(fault.Message);
            NotLoaded(logger, fault.Message, _bundle?.Manifest.Version ?? "none");
        }

        if (_bundle is not { } bundle || catalog.Version == 0)
            return false;
        serving.Swap(new ServingState(bundle, _generator!, catalog, new ItemFacts(bundle.Items, catalog), search.For(catalog), SpaceOf(catalog)));
        readiness.MarkReady(ReadyPart);
        return control.Current?.ActiveModel is not { } active || active == bundle.Manifest.Version;
    }

    private EmbeddingSpace? SpaceOf(Catalog catalog) => embeddings.Current is { } current ? new EmbeddingSpace(current, catalog) : null;

    private void Load(string version)
    {
        var started = time.GetTimestamp();
        var bundle = store.Load(version);
        var generator = new CandidateGenerator(bundle.Retrieval, als: AlsIndex.Open(bundle.Folder, bundle.Retrieval.Als, options.ToIndexOptions()));
        WarmUp(generator);
        (_bundle, _generator) = (bundle, generator);
        metrics.ModelLoad("loaded");
        var elapsed = time.GetElapsedTime(started);
        Loaded(logger, version, bundle.Items.Count, elapsed);
    }

    /// <summary>Has the kernels compiled before the first request needs them.</summary>
    private static void WarmUp(CandidateGenerator generator)
    {
        var model = generator.Model;
        string[] session = [.. model.Items.Ids.Take(5)];
        foreach (var mix in Mixes.Table.Names)
            generator.Generate(RetrievalQuery.Create(model, UserContext.Empty, session, model.Statistics.AsOfMs), Mixes.Table.Get(mix), 100);
    }

    [LoggerMessage(EventId = 300, Level = LogLevel.Information, Message = "Model {Version} serves {Items} items, loaded in {Elapsed}")]
    private static partial void Loaded(ILogger logger, string version, int items, TimeSpan elapsed);

    [LoggerMessage(EventId = 301, Level = LogLevel.Error, Message = "Model not loaded: {Reason}; serving {Version}")]
    private static partial void NotLoaded(ILogger logger, string reason, string version);
}
