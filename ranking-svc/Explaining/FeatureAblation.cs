using Splitrail.Contracts;
using Splitrail.Features;
using Splitrail.RankingSvc.Rankers;
using Splitrail.RankingSvc.Serving;

namespace Splitrail.RankingSvc.Explaining;

/// <summary>
/// What each feature did for a score: the score less what the network says when that one feature is the mean of the request's candidates. Features that work together share an effect, so
/// contributions need not sum to the score. One row per item and feature; the caller asks for few items.
/// </summary>
internal static class FeatureAblation
{
    private const int Shown = 5;

    /// <param name="state">The model, held by the caller.</param>
    /// <param name="ranker">Its network.</param>
    /// <param name="request">The request.</param>
    /// <param name="offers">All of its offers.</param>
    /// <param name="places">Of the offers to explain.</param>
    /// <param name="cancellationToken">The caller's deadline.</param>
    /// <returns>By place asked for, the strongest features first.</returns>
    public static async ValueTask<FeatureContribution[][]> OfAsync(
        ServingState state, LoadedRanker ranker, RankRequest request, List<Offer> offers, IReadOnlyList<int> places, CancellationToken cancellationToken)
    {
        var width = ShopFeatures.Set.Width;
        var rows = Rows(state, request, offers);
        var mean = Mean(rows, width);
        var explained = new FeatureContribution[places.Count][];
        var slot = await ranker.RentAsync(cancellationToken);
        try
        {
            var scores = new float[width + 1];
            for (var i = 0; i < explained.Length; i++)
            {
                var row = rows.AsMemory(places[i] * width, width);
                for (var from = 0; from <= width; from += slot.Buffer.Capacity)
                {
                    var count = Math.Min(slot.Buffer.Capacity, width + 1 - from);
                    for (var at = 0; at < count; at++)
                        Write(row.Span, from + at - 1, mean, slot.Buffer.Row(at));
                    await ranker.ScoreAsync(slot, count);
                    slot.Buffer.Scores[..count].CopyTo(scores.AsSpan(from));
                }

                explained[i] = Strongest(row.Span, scores);
            }
        }
        finally
        {
            ranker.Return(slot);
        }

        return explained;
    }

    /// <summary>The row with one feature at its mean; the whole row for -1.</summary>
    private static void Write(ReadOnlySpan<float> row, int without, float[] mean, Span<float> into)
    {
        row.CopyTo(into);
        if (without >= 0)
            into[without] = mean[without];
    }

    private static FeatureContribution[] Strongest(ReadOnlySpan<float> row, float[] scores)
    {
        var all = new FeatureContribution[row.Length];
        for (var feature = 0; feature < all.Length; feature++)
            all[feature] = new FeatureContribution(ShopFeatures.Set.Features[feature], Round(row[feature]), Round(scores[0] - scores[feature + 1]));
        return [.. all.Where(static one => one.Contribution != 0).OrderByDescending(static one => Math.Abs(one.Contribution)).Take(Shown)];
    }

    private static float[] Rows(ServingState state, RankRequest request, List<Offer> offers)
    {
        var width = ShopFeatures.Set.Width;
        var layout = SignalLayout.Of(request.Candidates.Signals);
        var user = new UserProfile(state.Bundle.Items, state.Bundle.Statistics, request.Context, request.SessionItems, request.NowMs);
        var rows = new float[offers.Count * width];
        for (var i = 0; i < offers.Count; i++)
            state.Features.Write(user, offers[i].Position, offers[i].LogPrice, layout.Read(request.Candidates.SignalsOf(offers[i].Candidate)), rows.AsSpan(i * width, width));
        return rows;
    }

    private static float[] Mean(float[] rows, int width)
    {
        var mean = new float[width];
        for (var i = 0; i < rows.Length; i++)
            mean[i % width] += rows[i] / (rows.Length / width);
        return mean;
    }

    private static double Round(float value) => Math.Round(value, 6);
}
