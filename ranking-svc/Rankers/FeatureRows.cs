using System.Runtime.InteropServices;
using Splitrail.Contracts;
using Splitrail.Features;
using Splitrail.RankingSvc.ReRankers;
using Splitrail.RankingSvc.Serving;

namespace Splitrail.RankingSvc.Rankers;

/// <summary>What the items of a list were ranked by, for who logs it: computed again by the code and from the numbers that the network was given.</summary>
internal static class FeatureRows
{
    /// <param name="items">The list.</param>
    /// <param name="slate">What it was made from.</param>
    /// <param name="state">The model.</param>
    /// <param name="request">The request.</param>
    /// <param name="ordered">A network scored; where none did there are no features.</param>
    public static RankedRows Of(IReadOnlyList<ScoredItem> items, Slate slate, ServingState state, RankRequest request, bool ordered)
    {
        var width = ordered ? ShopFeatures.Set.Width : 0;
        var rows = new float[items.Count * width];
        var propensities = slate.Drawn.Count > 0 ? new float[items.Count] : null;
        var layout = ordered ? SignalLayout.Of(request.Candidates.Signals) : SignalLayout.Natural;
        var user = new UserProfile(state.Bundle.Items, state.Bundle.Statistics, request.Context, request.SessionItems, request.NowMs);
        for (var i = 0; i < items.Count; i++)
        {
            var place = slate.PlaceOf(items[i].ItemId);
            if (propensities is not null)
                propensities[i] = slate.Drawn.GetValueOrDefault(place, 1f);
            var row = rows.AsSpan(i * width, width);
            if (place < 0)
                row.Fill(float.NaN);
            else if (ordered)
                Write(state.Features, user, slate.Offers[place], layout.Read(request.Candidates.SignalsOf(slate.Offers[place].Candidate)), row);
        }

        return new RankedRows(ShopFeatures.Set.Name, width, MemoryMarshal.AsBytes(rows.AsSpan()).ToArray(), propensities);
    }

    private static void Write(ShopFeatures features, UserProfile user, in Offer offer, in CandidateSignals signals, Span<float> row) =>
        features.Write(user, offer.Position, offer.LogPrice, signals, row);
}
