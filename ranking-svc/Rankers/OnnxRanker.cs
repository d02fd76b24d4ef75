using Splitrail.Contracts;
using Splitrail.Features;
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
        var layout = SignalLayout.Of(request.Candidates.Signals);
        var user = new UserProfile(state.Bundle.Items, state.Bundle.Statistics, request.Context, request.SessionItems, request.NowMs);
        var slot = await ranker.RentAsync(cancellationToken);
        try
        {
            for (var from = 0; from < offers.Count; from += slot.Buffer.Capacity)
            {
                var rows = Math.Min(slot.Buffer.Capacity, offers.Count - from);
                for (var row = 0; row < rows; row++)
                    Write(state.Features, user, offers[from + row], layout.Read(request.Candidates.SignalsOf(offers[from + row].Candidate)), slot.Buffer.Row(row));
                await ranker.ScoreAsync(slot, rows);
                slot.Buffer.Scores[..rows].CopyTo(scores.Span[from..]);
            }
        }
        finally
        {
            ranker.Return(slot);
        }

        metrics.Scored(time.GetElapsedTime(started));
        return true;
    }

    private static void Write(ShopFeatures features, UserProfile user, in Offer offer, in CandidateSignals signals, Span<float> row) =>
        features.Write(user, offer.Position, offer.LogPrice, signals, row);
}
