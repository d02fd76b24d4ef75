using Splitrail.Contracts;
using Splitrail.Policies;
using Splitrail.RankingSvc.Serving;

namespace Splitrail.RankingSvc.Rankers;

/// <summary>Keeps the candidates' order; the scores are the mix's, not probabilities.</summary>
internal sealed class CandidateOrderRanker : IRanker
{
    public string Name => RankerNames.None;

    public ValueTask<ScoredItem[]> RankAsync(ServingState state, RankRequest request, List<Offer> offers, int count, CancellationToken cancellationToken)
    {
        var items = new ScoredItem[Math.Min(count, offers.Count)];
        for (var i = 0; i < items.Length; i++)
            items[i] = new ScoredItem(offers[i].ItemId, request.Candidates.ScoreOf(offers[i].Candidate));
        return ValueTask.FromResult(items);
    }
}
