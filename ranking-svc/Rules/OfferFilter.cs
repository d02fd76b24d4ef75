using Splitrail.Contracts;
using Splitrail.Feeds;
using Splitrail.Merchandising;

namespace Splitrail.RankingSvc.Rules;

/// <summary>What may be offered in one request: its filters, what its shopper has just had, and the rules that hold for it, by the catalogue of this moment.</summary>
internal sealed class OfferFilter
{
    private readonly RankRequest _request;
    private readonly Catalog _catalog;
    private readonly ActiveRules _rules;
    private readonly HashSet<string>? _withheld;

    public OfferFilter(RankRequest request, Catalog catalog, ActiveRules rules)
    {
        (_request, _catalog, _rules) = (request, catalog, rules);
        _withheld = Withheld(request);
    }

    /// <param name="itemId">The item.</param>
    /// <param name="item">Its catalogue entry when it may be offered.</param>
    /// <param name="filter">The rule by which it may not; null when it may, or something else forbids it.</param>
    public bool Allows(string itemId, out CatalogItem item, out CompiledRule? filter)
    {
        filter = null;
        item = _catalog.Find(itemId)!;
        if (item is null || !CatalogItemFilter.Passes(_request.Filters, item) || _withheld?.Contains(itemId) == true)
            return false;
        filter = _rules.FilterOf(item);
        return filter is null;
    }

    /// <summary>Why an item may not be offered, in words.</summary>
    public string ReasonAgainst(string itemId) => _catalog.Find(itemId) switch
    {
        null => "it is not in the catalogue",
        { Hidden: true } => "it is hidden",
        { Stock: <= 0 } when _request.Filters.InStockOnly => "it is out of stock",
        var item when !CatalogItemFilter.Passes(_request.Filters, item) => "the request's filters leave it out",
        _ when _withheld?.Contains(itemId) == true => "the shopper has just seen or bought it",
        var item => _rules.FilterOf(item) is { } filter ? $"the rule '{filter.Id}' leaves it out" : "it may be offered",
    };

    /// <summary>What the session shows already and what was bought lately; null when there is nothing of the kind.</summary>
    private static HashSet<string>? Withheld(RankRequest request)
    {
        var withheld = request.SessionItems.Count > 0 ? new HashSet<string>(request.SessionItems, StringComparer.Ordinal) : null;
        if (!RecentItems.AreExcluded(request.Filters))
            return withheld;
        foreach (var past in request.Context.History)
        {
            if (RecentItems.Excludes(request.Filters, past, request.NowMs))
                (withheld ??= new HashSet<string>(StringComparer.Ordinal)).Add(past.ItemId);
        }

        return withheld;
    }
}
