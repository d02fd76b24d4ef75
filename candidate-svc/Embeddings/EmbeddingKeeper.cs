using System.Threading.Channels;
using Splitrail.Contracts;
using Splitrail.Feeds;
using Splitrail.Models;
using Splitrail.Retrieval.Embeddings;
using Splitrail.Retrieval.Vectors;

namespace Splitrail.CandidateSvc.Embeddings;

/// <summary>
/// Keeps <see cref="ServingEmbeddings"/> at the version that the control snapshot names; while it names none, at the file of the options. Both are read and indexed beside the requests. What cannot be taken is told of once and
/// leaves the old embeddings in place.
/// </summary>
internal sealed partial class EmbeddingKeeper(
    CandidateOptions options,
    ControlFeed control,
    ModelStore store,
    ServingEmbeddings serving,
    CandidateMetrics metrics,
    TimeProvider time,
    ILogger<EmbeddingKeeper> logger) : BackgroundService
{
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly EmbeddingVersions _versions = new(store, options);
    private readonly EmbeddingFileWatch? _file = options.Embeddings is { } path ? new EmbeddingFileWatch(path, options) : null;
    private readonly Dictionary<string, string> _faults = new(StringComparer.Ordinal);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        control.Changed += _ => _changes.Writer.TryWrite(true);
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Building an index is long and synchronous; it must not hold up the start of the host.
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            KeepUp();
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            limit.CancelAfter(options.ModelRetry);
            Task change = _changes.Reader.ReadAsync(limit.Token).AsTask();
            await change.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void KeepUp()
    {
        var models = ServedModels.Of(control.Current);
        string[] wanted = [.. models.WantedOf(ModelTypes.Embedding).Take(options.ModelsKept)];
        foreach (var version in wanted)
        {
            // Production first: a rollback that finds its version here waits for nothing.
            if (version == wanted[0])
                Serve(models.Production.Embedding);
            if (_versions.Find(version) is null)
                Try(version, () => Load(version));
        }

        if (_file is not null)
            Try(_file.Path, () => LoadFile(_file));
        Serve(models.Production.Embedding);
        _versions.Keep([.. wanted, .. serving.Version is { } served ? new[] { served } : []]);
        foreach (var past in _faults.Keys.Where(name => name != _file?.Path && !wanted.Contains(name)).ToArray())
            _faults.Remove(past);
        serving.Report(_faults.Count > 0 ? string.Join(' ', _faults.Values) : null);
    }

    /// <summary>While production's are not there, those that served go on.</summary>
    private void Serve(string? version)
    {
        if (version is null)
            serving.Swap(_file?.Current, null);
        else if (_versions.Find(version) is { } index)
            serving.Swap(index, version);
    }

    private void Load(string version)
    {
        var started = time.GetTimestamp();
        _versions.Load(version);
        Tell(version, _versions.Find(version)!, started);
    }

    private void LoadFile(EmbeddingFileWatch file)
    {
        var started = time.GetTimestamp();
        if (file.Look())
            Tell(file.Path, file.Current!, started);
    }

    private void Tell(string name, EmbeddingIndex embeddings, long started)
    {
        _faults.Remove(name);
        metrics.EmbeddingLoad("loaded");
        var (kind, elapsed) = (embeddings.Index is IvfVectorIndex ? VectorIndexes.Ivf : VectorIndexes.Exact, time.GetElapsedTime(started));
        Loaded(logger, name, embeddings.Items.Count, kind, elapsed);
    }

    private void Try(string name, Action load)
    {
        try
        {
            load();
        }
        catch (Exception fault) when (fault is EmbeddingException or ModelException or IOException or UnauthorizedAccessException)
        {
            metrics.EmbeddingLoad("failed");
            if (_faults.GetValueOrDefault(name) != fault.Message)
                NotLoaded(logger, fault.Message, serving.Current?.Items.Count ?? 0);
            _faults[name] = fault.Message;
        }
    }

    [LoggerMessage(EventId = 310, Level = LogLevel.Information, Message = "Embeddings {Name}: {Items} items in {Index}, loaded in {Elapsed}")]
    private static partial void Loaded(ILogger logger, string name, int items, string index, TimeSpan elapsed);

    [LoggerMessage(EventId = 311, Level = LogLevel.Error, Message = "Embeddings not loaded: {Reason} Serving {Items} items")]
    private static partial void NotLoaded(ILogger logger, string reason, int items);
}
