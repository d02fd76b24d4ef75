using Splitrail.Contracts;
using Splitrail.Feeds;
using Splitrail.Merchandising;
using Splitrail.RankingSvc.Weights;

namespace Splitrail.RankingSvc.Rules;

/// <summary>Rules and weights of the newest control snapshot, compiled when they are first asked for.</summary>
internal sealed class CurrentMerchandising(ControlFeed control)
{
    private volatile Merchandising _current = new(null);

    /// <summary>Two requests may compile the same snapshot at once: both results are equal.</summary>
    public Merchandising Current => _current is { } held && ReferenceEquals(held.Snapshot, control.Current) ? held : _current = new Merchandising(control.Current);
}

/// <summary>Rules and weights of one snapshot.</summary>
internal sealed class Merchandising(ControlSnapshot? snapshot)
{
    public ControlSnapshot? Snapshot { get; } = snapshot;

    public RuleBook Rules { get; } = RuleBook.Of(snapshot);

    public WeightBook Weights { get; } = WeightBook.Of(snapshot);
}
