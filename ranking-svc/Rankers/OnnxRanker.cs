using System.Buffers;
using System.Runtime.InteropServices;
using Splitrail.Contracts;
using Splitrail.Features;
using Splitrail.RankingSvc.Serving;

namespace Splitrail.RankingSvc.Rankers;

/// <summary>Features and the model's network; the scores are probabilities. A model without a ranker keeps the candidates' order.</summary>
internal sealed class OnnxRanker(string name, CandidateOrderRanker without, RankingMetrics metrics, TimeProvider time) : IRanker
{
    public string Name { get; } = name;

    public async ValueTask<ScoredItem[]> RankAsync(ServingState state, RankRequest request, List<Offer> offers, int count, CancellationToken cancellationToken)
    {
        if (state.Ranker is not { } ranker)
        {
            metrics.Fallback("no_ranker");
            return await without.RankAsync(state, request, offers, count, cancellationToken);
        }

        var started = time.GetTimestamp();
        var layout = SignalLayout.Of(request.Candidates.Signals);
        var user = new UserProfile(state.Bundle.Items, state.Bundle.Statistics, request.Context, request.SessionItems, request.NowMs);
        var scores = ArrayPool<float>.Shared.Rent(offers.Count);
        var buffer = await ranker.RentAsync(cancellationToken);
        try
        {
            for (var from = 0; from < offers.Count; from += buffer.Capacity)
            {
                var rows = Math.Min(buffer.Capacity, offers.Count - from);
                for (var row = 0; row < rows; row++)
                    Write(state.Features, user, offers[from + row], layout.Read(request.Candidates.SignalsOf(offers[from + row].Candidate)), buffer.Row(row));
                ranker.Run(buffer, rows);
                buffer.Scores[..rows].CopyTo(scores.AsSpan(from));
            }
        }
        finally
        {
            ranker.Return(buffer);
        }

        var best = Best(offers, scores, count);
        ArrayPool<float>.Shared.Return(scores);
        metrics.Scored(time.GetElapsedTime(started));
        return best;
    }

    private static void Write(ShopFeatures features, UserProfile user, in Offer offer, in CandidateSignals signals, Span<float> row) =>
        features.Write(user, offer.Position, offer.LogPrice, signals, row);

    /// <summary>Score and place are packed into one number that sorts without a comparer: best first, among equals the candidates' order.</summary>
    private static ScoredItem[] Best(List<Offer> offers, float[] scores, int count)
    {
        var packed = ArrayPool<ulong>.Shared.Rent(offers.Count);
        for (var i = 0; i < offers.Count; i++)
            packed[i] = ((ulong)~BitConverter.SingleToUInt32Bits(scores[i]) << 32) | (uint)i; // a probability is not negative: its bits rise with it
        packed.AsSpan(0, offers.Count).Sort();
        var places = CollectionsMarshal.AsSpan(offers);
        var best = new ScoredItem[Math.Min(count, offers.Count)];
        for (var rank = 0; rank < best.Length; rank++)
        {
            var place = (int)(uint)packed[rank];
            best[rank] = new ScoredItem(places[place].ItemId, scores[place]);
        }

        ArrayPool<ulong>.Shared.Return(packed);
        return best;
    }
}
