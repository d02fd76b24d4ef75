using System.Threading.Channels;
using Splitrail.CandidateSvc.Embeddings;
using Splitrail.CandidateSvc.Filters;
using Splitrail.Contracts;
using Splitrail.Feeds;
using Splitrail.Hosting;
using Splitrail.Models;

namespace Splitrail.CandidateSvc.Serving;

/// <summary>
/// Keeps <see cref="ServingModel"/> at the models that the control snapshot names and the catalogue that the feed holds. Loading happens here, beside
/// the requests, which go on with the old model until the new one is complete; one that cannot be loaded leaves the old one in place.
/// </summary>
internal sealed partial class ModelKeeper(
    ControlFeed control,
    CatalogFeed catalogue,
    ModelStore store,
    ServingModel serving,
    ServingEmbeddings embeddings,
    FollowedSnapshot followed,
    CandidateOptions options,
    CandidateMetrics metrics,
    Readiness readiness,
    TimeProvider time,
    ILogger<ModelKeeper> logger) : BackgroundService
{
    private const string ReadyPart = "model";
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly LoadedModels _models = new(store, options);
    private readonly Dictionary<string, string> _faults = new(StringComparer.Ordinal);
    private IReadOnlyList<ServingState> _published = [];
    private EmbeddingSpace? _space;
    private string? _embeddingVersion;

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

    /// <summary>True when all that is wanted is loaded and production served.</summary>
    private bool KeepUp()
    {
        var catalog = catalogue.Current;
        var snapshot = control.Current;
        var faults = new List<string>();
        var wanted = Wanted(snapshot, faults);
        if (wanted.Count == 0 || catalog.Version == 0)
        {
            serving.Report(faults.Count > 0 ? faults[0] : wanted.Count == 0 ? "no model was activated" : "no catalogue yet");
            return false;
        }

        foreach (var version in wanted)
        {
            if (!_models.Has(version) && TryLoad(version) is { } fault)
                faults.Add(fault);
            // Production first: nobody waits for the others.
            if (version == wanted[0] && _models.Has(version))
                Serve(version);
            Publish(catalog);
            Follow(snapshot);
        }

        _models.Keep(wanted);
        Publish(catalog);
        Follow(snapshot);
        serving.Report(faults.Count > 0 ? string.Join("; ", faults) : null);
        return faults.Count == 0 && control.Current is not null;
    }

    private void Serve(string version)
    {
        _models.Serve(version);
        metrics.Serves(_models.Production!.Bundle.Manifest);
    }

    /// <summary>Says of a snapshot that its production serves here, once it does.</summary>
    private void Follow(ControlSnapshot? snapshot)
    {
        var production = ServedModels.Of(snapshot).Production;
        if (snapshot is not null && _models.Production?.Version == production.Candidate && _embeddingVersion == production.Embedding)
            followed.Follow(snapshot.Version);
    }

    private IReadOnlyList<string> Wanted(ControlSnapshot? snapshot, List<string> faults)
    {
        if (ServedModels.Of(snapshot).WantedOf(ModelTypes.Candidate) is { Count: > 0 } named)
            return [.. named.Take(options.ModelsKept)];
        try
        {
            // Before the first snapshot that names a model the folder itself says what is in production.
            return store.ActiveVersion() is { } active ? [active] : [];
        }
        catch (Exception fault) when (fault is ModelException or IOException or UnauthorizedAccessException)
        {
            faults.Add(fault.Message);
            return [];
        }
    }

    /// <returns>What is wrong with it, or null.</returns>
    private string? TryLoad(string version)
    {
        var started = time.GetTimestamp();
        try
        {
            _models.Load(version);
        }
        catch (Exception fault) when (fault is ModelException or IOException or UnauthorizedAccessException)
        {
            metrics.ModelLoad("failed");
            if (_faults.GetValueOrDefault(version) != fault.Message)
                NotLoaded(logger, fault.Message, _models.Production?.Version ?? "none");
            return _faults[version] = fault.Message;
        }

        _faults.Remove(version);
        metrics.ModelLoad("loaded");
        var (items, elapsed) = (_models[version].Bundle.Items.Count, time.GetElapsedTime(started));
        Loaded(logger, version, items, elapsed);
        return null;
    }

    private void Publish(Catalog catalog)
    {
        if (_models.Production is not { } production)
            return;
        // Read before the embeddings themselves: told to have changed too late rather than too early.
        var version = embeddings.Version;
        var space = SpaceOf(catalog);
        ServingState[] states = [.. _models.All.Select(model => _published.FirstOrDefault(state => state.Bundle == model.Bundle && state.Catalog == catalog && state.Embeddings == space)
            ?? new ServingState(model.Bundle, model.Generator, catalog, new ItemFacts(model.Bundle.Items, catalog), space))];
        (_published, _embeddingVersion) = (states, version);
        serving.Swap(states.First(state => state.Version == production.Version), states);
        readiness.MarkReady(ReadyPart);
    }

    private EmbeddingSpace? SpaceOf(Catalog catalog)
    {
        if (embeddings.Current is not { } current)
            return null;
        return _space is { } space && space.IsOf(current, catalog) ? space : _space = new EmbeddingSpace(current, catalog);
    }

    [LoggerMessage(EventId = 300, Level = LogLevel.Information, Message = "Model {Version} serves {Items} items, loaded in {Elapsed}")]
    private static partial void Loaded(ILogger logger, string version, int items, TimeSpan elapsed);

    [LoggerMessage(EventId = 301, Level = LogLevel.Error, Message = "Model not loaded: {Reason}; serving {Version}")]
    private static partial void NotLoaded(ILogger logger, string reason, string version);
}
