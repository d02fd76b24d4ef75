using Splitrail.Contracts;
using Splitrail.Feeds;
using Splitrail.Merchandising;
using Splitrail.Models;
using Splitrail.RankingSvc.Rules;

namespace Splitrail.RankingSvc.Rankers;

/// <summary>
/// Applies the request's filters again, with the catalogue of this moment: candidates may come from a cache, or from a replica that has not
/// seen the last change of stock.
/// </summary>
internal static class OfferList
{
    /// <summary>An item that was sent twice is offered once; a catalogue has one object per item, so it is its own key.</summary>
    [ThreadStatic]
    private static HashSet<CatalogItem>? t_seen;

    public static List<Offer> Of(RankRequest request, Catalog catalog, ItemIndex items) =>
        Of(request.Candidates, items, new OfferFilter(request, catalog, ActiveRules.None), new RuleTrace(ActiveRules.None, isWanted: false));

    public static List<Offer> Of(CandidateColumns candidates, ItemIndex items, OfferFilter filter, RuleTrace trace)
    {
        var seen = t_seen ??= new HashSet<CatalogItem>(ReferenceEqualityComparer.Instance);
        seen.Clear();
        var offers = new List<Offer>(candidates.Count);
        for (var candidate = 0; candidate < candidates.Count; candidate++)
        {
            var id = candidates.ItemIds[candidate];
            if (filter.Allows(id, out var item, out var rule) && seen.Add(item))
                offers.Add(new Offer(candidate, id, items.Find(id), LogPrice(item), item));
            else if (rule is not null)
                trace.Applied(rule);
        }

        seen.Clear();
        return offers;
    }

    /// <summary>NaN when unknown.</summary>
    public static float LogPrice(CatalogItem item) => item.Price is > 0 and var price ? MathF.Log((float)price) : float.NaN;
}
