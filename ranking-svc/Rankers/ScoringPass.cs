using Splitrail.Contracts;
using Splitrail.Features;
using Splitrail.RankingSvc.Serving;

namespace Splitrail.RankingSvc.Rankers;

/// <summary>Features and the network, for the model that serves and for those in the shadow.</summary>
internal static class ScoringPass
{
    /// <summary>Scores every offer.</summary>
    /// <param name="state">The model, held by the caller.</param>
    /// <param name="ranker">Its network.</param>
    /// <param name="request">The request.</param>
    /// <param name="offers">With positions in this model.</param>
    /// <param name="scores">[offers], to be written.</param>
    /// <param name="cancellationToken">The caller's deadline.</param>
    public static async ValueTask RunAsync(
        ServingState state, LoadedRanker ranker, RankRequest request, List<Offer> offers, Memory<float> scores, CancellationToken cancellationToken)
    {
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
                state.Quality?.Observe(slot.Buffer, rows);
            }
        }
        finally
        {
            ranker.Return(slot);
        }
    }

    private static void Write(ShopFeatures features, UserProfile user, in Offer offer, in CandidateSignals signals, Span<float> row) =>
        features.Write(user, offer.Position, offer.LogPrice, signals, row);
}
