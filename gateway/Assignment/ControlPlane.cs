using Splitrail.Feeds;

namespace Splitrail.Gateway.Assignment;

/// <summary>The newest control snapshot, compiled when it is first asked for.</summary>
internal sealed class ControlPlane(ControlFeed feed)
{
    private volatile ControlState _state = ControlState.None;

    public ControlState Current
    {
        get
        {
            var snapshot = feed.Current;
            var state = _state;
            if (snapshot is null || ReferenceEquals(state.Snapshot, snapshot))
                return state;
            // Two requests may compile the same snapshot at once: both results are equal, the later one stays.
            return _state = new ControlState(snapshot);
        }
    }
}
