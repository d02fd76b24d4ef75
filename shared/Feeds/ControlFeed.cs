using Microsoft.Extensions.Logging;
using Splitrail.Contracts;
using Splitrail.Dapr;
using Splitrail.Hosting;

namespace Splitrail.Feeds;

/// <summary>The control snapshot this process works with. Read <see cref="Current"/> once per request.</summary>
public sealed partial class ControlFeed(
    DaprClient dapr, FeedOptions options, Readiness readiness, TimeProvider time, ILogger<ControlFeed> logger)
    : FeedPoller("control", AppIds.Experiment, options, readiness, time, logger)
{
    private const int Kept = 5;

    /// <summary>Less than the timeout that the sidecar has for calls of experiment-svc, and often enough to see that its owner lives.</summary>
    private const int LongestWaitMs = 2000;
    private const int ShortestWaitMs = 200;

    private readonly DiskCopy<ControlSnapshot> _disk = new(options.Directory, "control", Kept, ContractsJson.Default.ControlSnapshot);
    private volatile ControlSnapshot? _current;
    private int _waitMs = LongestWaitMs;
    private long _refused;

    /// <summary>Null until the first snapshot was seen.</summary>
    public ControlSnapshot? Current => _current;

    public override long Version => _current?.Version ?? 0;

    /// <summary>Raised on the poller's thread after the swap.</summary>
    public event Action<ControlSnapshot>? Changed;

    protected override bool IsKept => true;

    protected override void LoadDiskCopy()
    {
        if (_disk.Read(SnapshotShape.FaultOf, DiskCopyRefused) is { } snapshot)
            Take(snapshot);
    }

    protected override async Task<DaprFault?> PollAsync(CancellationToken cancellationToken)
    {
        int? wait = IsAnswered ? _waitMs : null;
        var answer = await dapr.InvokeMethodAsync(
            AppIds.Experiment, InnerPaths.ControlFeed, new FeedRequest(Version, wait),
            ContractsJson.Default.FeedRequest, ContractsJson.Default.ControlFeedResponse, cancellationToken);
        if (answer.Fault is { } fault)
        {
            // Where resiliency.yaml gives these calls less time, less is asked for.
            if (fault.Kind == DaprFaultKind.Timeout && wait is { } kept)
                _waitMs = Math.Max(ShortestWaitMs, kept / 2);
            return fault;
        }

        if (answer.Value is not { Outcome: Outcomes.Changed, Snapshot: { } snapshot })
            return null;
        if (SnapshotShape.FaultOf(snapshot) is { } wrong)
            throw Refusal(snapshot.Version, wrong);
        if (_current is { } held && held.Version == snapshot.Version && held.ContentHash == snapshot.ContentHash)
            return null;
        Take(snapshot);
        _disk.Write(snapshot);
        return null;
    }

    private void Take(ControlSnapshot snapshot)
    {
        _current = snapshot;
        Changed?.Invoke(snapshot);
        Taken(Logger, snapshot.Version, snapshot.ActiveModel ?? "none");
    }

    /// <summary>The version before it is served on, and /health says why; the log says it once, not at every poll.</summary>
    private InvalidDataException Refusal(long version, string fault)
    {
        if (_refused != version)
            Refused(Logger, version, fault);
        _refused = version;
        return new InvalidDataException($"control snapshot {version} is refused: {fault}");
    }

    [LoggerMessage(EventId = 910, Level = LogLevel.Information, Message = "Control snapshot {Version} taken, active model {Model}")]
    private static partial void Taken(ILogger logger, long version, string model);

    [LoggerMessage(EventId = 911, Level = LogLevel.Error, Message = "Control snapshot {Version} is refused: {Fault}")]
    private static partial void Refused(ILogger logger, long version, string fault);
}
