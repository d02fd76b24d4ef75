using Splitrail.Contracts;
using Splitrail.Policies;
using Splitrail.RankingSvc.Serving;

namespace Splitrail.RankingSvc.Rankers;

/// <summary>A named way to order candidates.</summary>
internal interface IRanker : INamedPolicy
{
    /// <summary>The best <paramref name="count"/> offers, best first.</summary>
    ValueTask<ScoredItem[]> RankAsync(ServingState state, RankRequest request, List<Offer> offers, int count, CancellationToken cancellationToken);
}
