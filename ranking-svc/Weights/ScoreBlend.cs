using Splitrail.Contracts;
using Splitrail.RankingSvc.ReRankers;

namespace Splitrail.RankingSvc.Weights;

/// <summary>Puts the parts of the scores together: see <see cref="ScoreWeights"/>.</summary>
internal static class ScoreBlend
{
    /// <summary>Replaces the ranker's scores by the weighed ones.</summary>
    /// <param name="slate">With the ranker's scores.</param>
    /// <param name="book">Not the ranker alone.</param>
    /// <param name="about">The request and the model.</param>
    public static void Apply(Slate slate, WeightBook book, in ReRankCase about)
    {
        var shown = slate.Shown.Span;
        var blended = slate.Spare;
        var parts = new PartScaling(slate, shown, about);
        for (var place = 0; place < shown.Length; place++)
            blended[place] = Mean(parts.Of(place), book.For(slate.Offers[place].Item.Category));
        blended.CopyTo(shown);
    }

    private static float Mean(in ScoreParts parts, ScoreWeights by)
    {
        var total = by.Ranker + by.UserProductAffinity + by.Popularity + by.Freshness + by.Price + by.Content;
        var sum = (by.Ranker * parts.Ranker) + (by.UserProductAffinity * parts.UserProductAffinity) + (by.Popularity * parts.Popularity)
            + (by.Freshness * parts.Freshness) + (by.Price * parts.Price) + (by.Content * parts.Content);
        return total > 0 ? (float)(sum / total) : 0f;
    }
}
