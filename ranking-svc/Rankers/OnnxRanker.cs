using Splitrail.Contracts;
using Splitrail.RankingSvc.Serving;

namespace Splitrail.RankingSvc.Rankers;

/// <summary>Features and the model's network; the scores are probabilities. A model without a ranker keeps the candidates' order.</summary>
internal sealed class OnnxRanker(string name, CandidateOrderRanker without, RankingMetrics metrics, TimeProvider time) : IRanker
{
    public string Name { get; } = name;

    public async ValueTask<bool> ScoreAsync(ServingState state, RankRequest request, List<Offer> offers, Memory<float> scores, CancellationToken cancellationToken)
    {
        if (state.Ranker is not { } ranker)
        {
            metrics.Fallback("no_ranker");
            return await without.ScoreAsync(state, request, offers, scores, cancellationToken);
        }

        var started = time.GetTimestamp();
        await ScoringPass.RunAsync(state, ranker, request, offers, scores, cancellationToken);
        metrics.Scored(time.GetElapsedTime(started));
        return true;
    }
}
