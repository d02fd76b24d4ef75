using Splitrail.Contracts;
using Splitrail.Feeds;

namespace Splitrail.Gateway.Assignment;

/// <summary>The newest control snapshot, compiled when it is first asked for.</summary>
internal sealed partial class ControlPlane(ControlFeed feed, GatewayMetrics metrics, TimeProvider time, ILogger<ControlPlane> logger)
{
    private volatile ControlState _state = ControlState.None;
    private volatile ProductionTurn _turn = ProductionTurn.None;

    public ControlState Current
    {
        get
        {
            var snapshot = feed.Current;
            var state = _state;
            return snapshot is null || ReferenceEquals(state.Snapshot, snapshot) ? state : Compile(new ControlState(snapshot));
        }
    }

    /// <summary>The models that serve a request, from beginning to end.</summary>
    /// <param name="state">The request's.</param>
    /// <param name="model">Its arm's; null for production.</param>
    public ModelLineup LineupOf(ControlState state, string? model)
    {
        var lineup = state.Models.LineupFor(model);
        return ReferenceEquals(lineup, state.Models.Production) ? _turn.At(time) : lineup;
    }

    /// <summary>Two requests may compile the same snapshot at once: both results are equal, the later one stays.</summary>
    private ControlState Compile(ControlState compiled)
    {
        foreach (var fault in compiled.Faults)
            NotUnderstood(logger, compiled.Version, fault);
        if (compiled.Faults.Count > 0)
            metrics.SnapshotNotUnderstood(compiled.Faults.Count);
        _turn = _turn.Next(compiled.Models.Production, time);
        return _state = compiled;
    }

    [LoggerMessage(EventId = 140, Level = LogLevel.Warning, Message = "Control snapshot {Version} says what this release does not understand: {Fault}")]
    private static partial void NotUnderstood(ILogger logger, long version, string fault);
}
