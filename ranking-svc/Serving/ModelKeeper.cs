using System.Threading.Channels;
using Splitrail.Features;
using Splitrail.Feeds;
using Splitrail.Hosting;
using Splitrail.Models;
using Splitrail.RankingSvc.Checks;
using Splitrail.RankingSvc.Onnx;

namespace Splitrail.RankingSvc.Serving;

/// <summary>
/// Keeps <see cref="ServingModel"/> at the model that the control snapshot names. Loading happens here, beside the requests, which go on with the
/// old model until the new one is complete; one that cannot be loaded leaves the old one in place.
/// </summary>
internal sealed partial class ModelKeeper(
    ControlFeed control,
    ModelStore store,
    ModelLoader loader,
    ServingModel serving,
    RankingOptions options,
    RankingMetrics metrics,
    Readiness readiness,
    TimeProvider time,
    ILogger<ModelKeeper> logger) : BackgroundService
{
    private const string ReadyPart = "model";
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private string? _served;

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

    /// <summary>True when what is wanted is what is served.</summary>
    private async Task<bool> KeepUpAsync(CancellationToken stoppingToken)
    {
        try
        {
            // Before the first snapshot was seen the folder itself says what is in production.
            var wanted = control.Current?.ActiveModel ?? store.ActiveVersion();
            if (wanted is not null && wanted != _served)
                await LoadAsync(wanted, stoppingToken);
            serving.Report(wanted is null ? "no model was activated" : null);
            return wanted is not null && control.Current?.ActiveModel is not null;
        }
        catch (Exception fault) when (fault is ModelException or ModelRefusedException or OnnxException or FeatureSetMismatchException or IOException or UnauthorizedAccessException)
        {
            metrics.ModelLoad("failed");
            serving.Report(fault.Message);
            NotLoaded(logger, fault.Message, _served ?? "none");
            return false;
        }
    }

    private async Task LoadAsync(string version, CancellationToken stoppingToken)
    {
        var started = time.GetTimestamp();
        var state = await loader.LoadAsync(version, stoppingToken);
        serving.Swap(state);
        _served = version;
        metrics.ModelLoad("loaded");
        readiness.MarkReady(ReadyPart);
        var elapsed = time.GetElapsedTime(started);
        Loaded(logger, version, state.Ranker is null ? "no ranker" : "an ONNX ranker", elapsed);
    }

    [LoggerMessage(EventId = 400, Level = LogLevel.Information, Message = "Model {Version} ranks with {Ranker}, loaded in {Elapsed}")]
    private static partial void Loaded(ILogger logger, string version, string ranker, TimeSpan elapsed);

    [LoggerMessage(EventId = 401, Level = LogLevel.Error, Message = "Model not loaded: {Reason}; serving {Version}")]
    private static partial void NotLoaded(ILogger logger, string reason, string version);
}
