using Splitrail.RankingSvc.Rankers;

namespace Splitrail.RankingSvc.ReRankers;

/// <summary>What a shopper pays: the geometric mean of what was bought, else of the session's items.</summary>
internal static class UsualPrice
{
    /// <summary>NaN when nothing is known.</summary>
    public static float LogOf(in ReRankCase about)
    {
        if (about.Request.Context.MeanLogPrice is { } mean)
            return (float)mean;
        var (sum, count) = (0f, 0);
        foreach (var id in about.Request.SessionItems)
        {
            if (about.Catalog.Find(id) is { } item && OfferList.LogPrice(item) is var price && !float.IsNaN(price))
                (sum, count) = (sum + price, count + 1);
        }

        return count > 0 ? sum / count : float.NaN;
    }
}
