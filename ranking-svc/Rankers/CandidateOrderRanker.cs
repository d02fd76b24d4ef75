using Splitrail.Contracts;
using Splitrail.Policies;
using Splitrail.RankingSvc.Serving;

namespace Splitrail.RankingSvc.Rankers;

/// <summary>Keeps the candidates' order; the scores are the mix's, not probabilities.</summary>
internal sealed class CandidateOrderRanker : IRanker
{
    public string Name => RankerNames.None;

    public ValueTask<bool> ScoreAsync(ServingState state, RankRequest request, List<Offer> offers, Memory<float> scores, CancellationToken cancellationToken)
    {
        var written = scores.Span;
        for (var i = 0; i < offers.Count; i++)
            written[i] = request.Candidates.ScoreOf(offers[i].Candidate);
        return ValueTask.FromResult(false);
    }
}
