using Splitrail.Contracts;
using Splitrail.Feeds;
using Splitrail.Models;

namespace Splitrail.RankingSvc.Rankers;

/// <summary>
/// Applies the request's filters again, with the catalogue of this moment: candidates may come from a cache, or from a replica that has not
/// seen the last change of stock.
/// </summary>
internal static class OfferList
{
    public static List<Offer> Of(RankRequest request, Catalog catalog, ItemIndex items)
    {
        var withheld = Withheld(request);
        var offers = new List<Offer>(request.Candidates.Count);
        for (var candidate = 0; candidate < request.Candidates.Count; candidate++)
        {
            var id = request.Candidates.ItemIds[candidate];
            if (catalog.Find(id) is { } item && CatalogItemFilter.Passes(request.Filters, item) && withheld?.Contains(id) != true)
                offers.Add(new Offer(candidate, id, items.Find(id), LogPrice(item), item));
        }

        return offers;
    }

    /// <summary>NaN when unknown.</summary>
    public static float LogPrice(CatalogItem item) => item.Price is > 0 and var price ? MathF.Log((float)price) : float.NaN;

    /// <summary>What the session shows already and what was bought lately; null when there is nothing of the kind.</summary>
    private static HashSet<string>? Withheld(RankRequest request)
    {
        var withheld = request.SessionItems.Count > 0 ? new HashSet<string>(request.SessionItems, StringComparer.Ordinal) : null;
        if (request.Filters.ExcludeBoughtDays <= 0)
            return withheld;
        var since = request.NowMs - (request.Filters.ExcludeBoughtDays * (long)TimeSpan.MillisecondsPerDay);
        foreach (var past in request.Context.History)
        {
            if (past.LastBoughtMs >= since)
                (withheld ??= new HashSet<string>(StringComparer.Ordinal)).Add(past.ItemId);
        }

        return withheld;
    }
}
