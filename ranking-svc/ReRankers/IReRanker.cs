using Splitrail.Contracts;
using Splitrail.Feeds;
using Splitrail.Policies;
using Splitrail.RankingSvc.Serving;

namespace Splitrail.RankingSvc.ReRankers;

/// <summary>A named way to change an order.</summary>
internal interface IReRanker : INamedPolicy
{
    /// <summary>Changes <see cref="Slate.Order"/>, of which the first <see cref="Slate.Wanted"/> are shown.</summary>
    /// <param name="slate">Ordered by <see cref="Slate.Scores"/>, unless an earlier re-ranker has moved something since.</param>
    /// <param name="about">The request and the model.</param>
    void ReRank(Slate slate, in ReRankCase about);
}

/// <param name="Request">The request.</param>
/// <param name="Options">Of the arm.</param>
/// <param name="State">The model.</param>
/// <param name="Catalog">As of now.</param>
internal readonly record struct ReRankCase(RankRequest Request, ReRankOptions Options, ServingState State, Catalog Catalog);
