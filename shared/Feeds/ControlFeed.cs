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
    private readonly DiskCopy<ControlSnapshot> _disk = new(options.Directory, "control", ContractsJson.Default.ControlSnapshot);
    private volatile ControlSnapshot? _current;

    /// <summary>Null until the first snapshot was seen.</summary>
    public ControlSnapshot? Current => _current;

    public override long Version => _current?.Version ?? 0;

    /// <summary>Raised on the poller's thread after the swap.</summary>
    public event Action<ControlSnapshot>? Changed;

    protected override void LoadDiskCopy()
    {
        if (_disk.Read() is { } snapshot)
            Take(snapshot, keep: false);
    }

    protected override async Task<DaprFault?> PollAsync(CancellationToken cancellationToken)
    {
        var answer = await dapr.InvokeMethodAsync(
            AppIds.Experiment, InnerPaths.ControlFeed, new FeedRequest(Version),
            ContractsJson.Default.FeedRequest, ContractsJson.Default.ControlFeedResponse, cancellationToken);
        if (answer.Fault is { } fault)
            return fault;
        if (answer.Value is { Outcome: Outcomes.Changed, Snapshot: { } snapshot })
            Take(snapshot, keep: true);
        return null;
    }

    private void Take(ControlSnapshot snapshot, bool keep)
    {
        if (!SnapshotHash.Matches(snapshot))
        {
            Refused(Logger, snapshot.Version);
            return;
        }

        _current = snapshot;
        if (keep)
            _disk.Write(snapshot);
        Changed?.Invoke(snapshot);
        Taken(Logger, snapshot.Version, snapshot.ActiveModel ?? "none");
    }

    [LoggerMessage(EventId = 910, Level = LogLevel.Information, Message = "Control snapshot {Version} taken, active model {Model}")]
    private static partial void Taken(ILogger logger, long version, string model);

    [LoggerMessage(EventId = 911, Level = LogLevel.Error, Message = "Control snapshot {Version} does not match its content hash and is refused")]
    private static partial void Refused(ILogger logger, long version);
}
