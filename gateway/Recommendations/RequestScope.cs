using Splitrail.Contracts;
using Splitrail.Feeds;
using Splitrail.Gateway.Assignment;
using Splitrail.Gateway.Inner;
using Splitrail.Merchandising;

namespace Splitrail.Gateway.Recommendations;

/// <summary>What stays the same from the beginning of a request to its end: one snapshot, one catalogue, one time, and once the arms are known one lineup of models.</summary>
internal sealed record RequestScope(RecommendationQuery Query, ControlState Control, Catalog Catalog, ArmSet Arms, long NowMs, RequestDeadline Deadline, ModelLineup Lineup)
{
    /// <summary>Business rules that hold; none before the arms are known.</summary>
    public ActiveRules Rules { get; init; } = ActiveRules.None;

    /// <summary>Of what is drawn by chance for this request: a hash of its id.</summary>
    public ulong Seed { get; init; }

    /// <summary>Whether the features of the list are to be logged.</summary>
    public ListRows Rows { get; init; }
}
