using Splitrail.Feeds;

namespace Splitrail.Gateway.Assignment;

/// <summary>The newest control snapshot, compiled when it is first asked for.</summary>
internal sealed partial class ControlPlane(ControlFeed feed, GatewayMetrics metrics, ILogger<ControlPlane> logger)
{
    private volatile ControlState _state = ControlState.None;

    public ControlState Current
    {
        get
        {
            var snapshot = feed.Current;
            var state = _state;
            return snapshot is null || ReferenceEquals(state.Snapshot, snapshot) ? state : Compile(new ControlState(snapshot));
        }
    }

    /// <summary>Two requests may compile the same snapshot at once: both results are equal, the later one stays.</summary>
    private ControlState Compile(ControlState compiled)
    {
        foreach (var fault in compiled.Faults)
            NotUnderstood(logger, compiled.Version, fault);
        if (compiled.Faults.Count > 0)
            metrics.SnapshotNotUnderstood(compiled.Faults.Count);
        return _state = compiled;
    }

    [LoggerMessage(EventId = 140, Level = LogLevel.Warning, Message = "Control snapshot {Version} says what this release does not understand: {Fault}")]
    private static partial void NotUnderstood(ILogger logger, long version, string fault);
}
