using Splitrail.Contracts;
using Splitrail.Merchandising;
using Splitrail.RankingSvc.Weights;

namespace Splitrail.RankingSvc.Rules;

/// <summary>Rules and weights of the newest control snapshot, compiled when they are first asked for.</summary>
/// <param name="newest">The newest snapshot; null before the first.</param>
internal sealed class CurrentMerchandising(Func<ControlSnapshot?> newest)
{
    private volatile Merchandising _current = new(null);

    /// <summary>Two requests may compile the same snapshot at once: both results are equal.</summary>
    public Merchandising Current
    {
        get
        {
            var (snapshot, held) = (newest(), _current);
            return ReferenceEquals(held.Snapshot, snapshot) ? held : _current = new Merchandising(snapshot);
        }
    }
}

/// <summary>Rules and weights of one snapshot.</summary>
internal sealed class Merchandising(ControlSnapshot? snapshot)
{
    public ControlSnapshot? Snapshot { get; } = snapshot;

    public RuleBook Rules { get; } = RuleBook.Of(snapshot);

    public WeightBook Weights { get; } = WeightBook.Of(snapshot);
}
