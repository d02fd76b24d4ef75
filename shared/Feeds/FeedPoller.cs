using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Splitrail.Dapr;
using Splitrail.Hosting;

namespace Splitrail.Feeds;

/// <summary>
/// Polls one feed on its fixed path with the version held, swaps one reference when it changed, and works on with what it has while the owner
/// is away. Pub/sub would reach only one replica of an app; a poll reaches all.
/// </summary>
public abstract partial class FeedPoller(
    string name, string owner, FeedOptions options, Readiness readiness, TimeProvider time, ILogger logger) : BackgroundService, IDependencyCheck
{
    private static readonly TimeSpan PollTimeout = TimeSpan.FromSeconds(10);
    private volatile string? _fault = "not polled yet";
    private long _answered = time.GetTimestamp();
    private readonly Random _jitter = new(HashCode.Combine(Environment.ProcessId, name));

    public string Name => $"{name}_feed";

    /// <summary>Which feed.</summary>
    public string Feed => name;

    /// <summary>When its owner last answered, by <see cref="TimeProvider.GetTimestamp"/>; before the first answer, when this was made.</summary>
    public long AnsweredAt => Interlocked.Read(ref _answered);

    protected ILogger Logger { get; } = logger;

    /// <summary>Whether the last poll was answered; before the first one it was not.</summary>
    protected bool IsAnswered => _fault is null;

    /// <summary>Whether the owner keeps a poll until there is something new; then it is asked again at once.</summary>
    protected virtual bool IsKept => false;

    /// <summary>Version held; 0 for none.</summary>
    public abstract long Version { get; }

    public ValueTask<DependencyStatus> CheckAsync(CancellationToken cancellationToken)
    {
        var fault = _fault;
        return ValueTask.FromResult(fault is null
            ? DependencyStatus.Healthy($"version {Version} from {owner}")
            : DependencyStatus.Degraded($"{owner}: {fault}; serving version {Version}"));
    }

    /// <summary>Takes the newest good copy on disk, if there is one.</summary>
    protected abstract void LoadDiskCopy();

    /// <summary>Says that a file is passed over.</summary>
    protected void DiskCopyRefused(string path, string fault) => DiskCopyRefused(Logger, name, path, fault);

    /// <summary>Asks once and applies the answer.</summary>
    protected abstract Task<DaprFault?> PollAsync(CancellationToken cancellationToken);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        readiness.Require(Name);
        LoadDiskCopy();
        MarkReadyWhenHeld();
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var (started, held) = (time.GetTimestamp(), Version);
            await PollOnceAsync(stoppingToken);
            if (RestAfter(started, held) is var rest && rest > TimeSpan.Zero)
                await Task.Delay(rest, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private TimeSpan RestAfter(long started, long held)
    {
        var interval = options.PollInterval * (0.8 + (0.4 * _jitter.NextDouble()));
        if (!IsKept || !IsAnswered)
            return interval;
        // An owner of an older release answers at once, and one that goes back to an older version is not asked without end.
        return Version > held ? TimeSpan.Zero : interval - time.GetElapsedTime(started);
    }

    private async Task PollOnceAsync(CancellationToken stoppingToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        limited.CancelAfter(PollTimeout);
        var before = _fault;
        var fault = await TryPollAsync(limited.Token);
        if (stoppingToken.IsCancellationRequested)
            return;
        _fault = fault;
        if (fault is null)
            Interlocked.Exchange(ref _answered, time.GetTimestamp());
        MarkReadyWhenHeld();
        if (fault is not null && before is null)
            OwnerAway(Logger, name, owner, fault, Version);
        else if (fault is null && before is not null)
            OwnerThere(Logger, name, owner, Version);
    }

    /// <summary>A version that cannot be applied, or a full disk under its copy, must not end the poller: the next version may be good.</summary>
    private async Task<string?> TryPollAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await PollAsync(cancellationToken))?.ToString();
        }
#pragma warning disable CA1031 // Whatever was wrong with this version: it is the finding, shown in /health and logged.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return $"{exception.GetType().Name}: {exception.Message}";
        }
    }

    private void MarkReadyWhenHeld()
    {
        if (Version > 0)
            readiness.MarkReady(Name);
    }

    [LoggerMessage(EventId = 900, Level = LogLevel.Warning, Message = "{Feed} feed: {Owner} does not answer ({Fault}); serving version {Version}")]
    private static partial void OwnerAway(ILogger logger, string feed, string owner, string fault, long version);

    [LoggerMessage(EventId = 901, Level = LogLevel.Information, Message = "{Feed} feed: {Owner} answers, version {Version}")]
    private static partial void OwnerThere(ILogger logger, string feed, string owner, long version);

    [LoggerMessage(EventId = 902, Level = LogLevel.Error, Message = "{Feed} feed: the copy {Path} is refused, an older one is tried: {Reason}")]
    private static partial void DiskCopyRefused(ILogger logger, string feed, string path, string reason);
}
