using System.Threading.Channels;
using Splitrail.Contracts;
using Splitrail.Features;
using Splitrail.Feeds;
using Splitrail.Hosting;
using Splitrail.Models;
using Splitrail.RankingSvc.Checks;
using Splitrail.RankingSvc.Onnx;

namespace Splitrail.RankingSvc.Serving;

/// <summary>
/// Keeps <see cref="ServingModels"/> at what the control snapshot names. Loading happens here, beside the requests, which go on with what is there
/// until the new model is complete; one that cannot be loaded leaves the old ones in place.
/// </summary>
internal sealed partial class ModelKeeper(
    ControlFeed control,
    ModelStore store,
    ModelLoader loader,
    ServingModels serving,
    FollowedSnapshot followed,
    RankingOptions options,
    RankingMetrics metrics,
    Readiness readiness,
    TimeProvider time,
    ILogger<ModelKeeper> logger) : BackgroundService
{
    private const string ReadyPart = "model";
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly ModelShelf _shelf = new(options.ModelMemory);
    private string? _lastFault;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        readiness.Require(ReadyPart);
        control.Changed += _ => _changes.Writer.TryWrite(true);
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Loading is long and synchronous; it must not hold up the start of the host.
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            var upToDate = await KeepUpAsync(stoppingToken);
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

    /// <summary>True when what is wanted is what is loaded.</summary>
    private async Task<bool> KeepUpAsync(CancellationToken stoppingToken)
    {
        var fault = await AttemptAsync(FollowAsync, stoppingToken);
        serving.Report(fault);
        if (fault is not null && fault != _lastFault)
            NotLoaded(logger, fault, serving.Current.Served.Production.Ranking ?? "none");
        _lastFault = fault;
        return fault is null && control.Current is not null;
    }

    /// <summary>Loads what is missing and drops what is not wanted; the first fault, null when there was none.</summary>
    private async Task<string?> FollowAsync(CancellationToken stoppingToken)
    {
        // Before the first snapshot was seen the folder itself says what is in production.
        var snapshot = control.Current;
        var served = snapshot is not null ? ServedModels.Of(snapshot) : InFolder(store.ActiveVersion());
        var wanted = served.WantedOf(ModelTypes.Ranking);
        var kept = _shelf.Plan(wanted, version => ModelSize.Of(store, version));
        string? fault = wanted.Count == 0 ? "no model was activated" : null;
        // What is there already, as at a rollback, serves before anything else is loaded.
        serving.Publish(Set(served, serving.Current.Loaded));
        Follow(served, snapshot);
        foreach (var version in wanted.Where(version => serving.Current.Find(version) is null))
        {
            fault ??= kept.Contains(version) ? null : NotKept(version);
            if (kept.Contains(version))
                fault = await AttemptAsync(stopping => LoadAsync(version, served, stopping), stoppingToken) ?? fault;
            // Production first: nobody waits for the others.
            if (version == wanted[0])
                Follow(served, snapshot);
        }

        serving.Publish(Set(served, serving.Current.Loaded.Where(state => kept.Contains(state.Version) || state.Version == serving.Current.Served.Production.Ranking)));
        Follow(served, snapshot);
        return fault;
    }

    /// <summary>Says of a snapshot that its production serves here, once it does.</summary>
    private void Follow(ServedModels served, ControlSnapshot? snapshot)
    {
        if (serving.Current.Find(served.Production.Ranking) is null)
            return;
        readiness.MarkReady(ReadyPart);
        if (snapshot is not null)
            followed.Follow(snapshot.Version);
    }

    private async Task<string?> LoadAsync(string version, ServedModels served, CancellationToken stoppingToken)
    {
        var started = time.GetTimestamp();
        var state = await loader.LoadAsync(version, stoppingToken);
        serving.Publish(Set(served, [.. serving.Current.Loaded, state]));
        metrics.ModelLoad("loaded");
        var elapsed = time.GetElapsedTime(started);
        Loaded(logger, version, state.Ranker is null ? "no ranker" : "an ONNX ranker", elapsed);
        return null;
    }

    /// <summary>Until production's new model is there, the one that served goes on for those who name none.</summary>
    private ServedSet Set(ServedModels served, IEnumerable<ServingState> loaded)
    {
        var states = loaded.ToArray();
        var isThere = states.Any(state => state.Version == served.Production.Ranking);
        return new ServedSet(isThere ? served : served with { Production = serving.Current.Served.Production }, states);
    }

    private string NotKept(string version) => store.Versions().Contains(version)
        ? $"Model '{version}' has no room beside the more needed ones (RankingSvc:ModelMemory is {options.ModelMemory} bytes)"
        : $"Model '{version}' is not in '{store.Folder}'";

    private static ServedModels InFolder(string? active) => active is null ? ServedModels.None : new ServedModels(new ModelLineup(active, active));

    private async Task<string?> AttemptAsync(Func<CancellationToken, Task<string?>> attempt, CancellationToken stoppingToken)
    {
        try
        {
            return await attempt(stoppingToken);
        }
        catch (Exception fault) when (fault is ModelException or ModelRefusedException or OnnxException or FeatureSetMismatchException or IOException or UnauthorizedAccessException)
        {
            metrics.ModelLoad("failed");
            return fault.Message;
        }
    }

    [LoggerMessage(EventId = 400, Level = LogLevel.Information, Message = "Model {Version} ranks with {Ranker}, loaded in {Elapsed}")]
    private static partial void Loaded(ILogger logger, string version, string ranker, TimeSpan elapsed);

    [LoggerMessage(EventId = 401, Level = LogLevel.Error, Message = "Model not loaded: {Reason}; serving {Version}")]
    private static partial void NotLoaded(ILogger logger, string reason, string version);
}
