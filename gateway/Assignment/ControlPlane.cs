using Splitrail.Contracts;
using Splitrail.Feeds;
using Splitrail.Gateway.Inner;

namespace Splitrail.Gateway.Assignment;

/// <summary>The newest control snapshot, compiled when it is first asked for.</summary>
internal sealed partial class ControlPlane(ControlFeed feed, ReplicaBook replicas, GatewayMetrics metrics, TimeProvider time, ILogger<ControlPlane> logger)
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
        if (!ReferenceEquals(lineup, state.Models.Production))
            return lineup;
        var turn = _turn;
        return turn.IsOver ? turn.To : Turned(turn).From;
    }

    /// <summary>Whether the newest snapshot has other models in production than are asked for.</summary>
    public bool IsTurning => Current is not null && _turn is { IsOver: false } turn && !Turned(turn).IsOver;

    private ProductionTurn Turned(ProductionTurn turn)
    {
        var isLoaded = replicas.HaveFollowed(turn.Snapshot);
        if (!isLoaded && !turn.IsOutOfPatience(time))
            return turn;
        var over = turn.Over();
        if (Interlocked.CompareExchange(ref _turn, over, turn) == turn)
            metrics.ProductionTurned(isLoaded ? "loaded" : "patience");
        return over;
    }

    /// <summary>Two requests may compile the same snapshot at once: both results are equal, the later one stays.</summary>
    private ControlState Compile(ControlState compiled)
    {
        foreach (var fault in compiled.Faults)
            NotUnderstood(logger, compiled.Version, fault);
        if (compiled.Faults.Count > 0)
            metrics.SnapshotNotUnderstood(compiled.Faults.Count);
        _turn = _turn.Next(compiled.Models.Production, compiled.Version, time);
        return _state = compiled;
    }

    [LoggerMessage(EventId = 140, Level = LogLevel.Warning, Message = "Control snapshot {Version} says what this release does not understand: {Fault}")]
    private static partial void NotUnderstood(ILogger logger, long version, string fault);
}
