using Splitrail.Contracts;
using Splitrail.Feeds;
using Splitrail.Merchandising;

namespace Splitrail.Gateway.Lists;

/// <summary>
/// What may be shown at this moment: applied when a list is served, fresh or cached, because stock and prices move faster than lists do.
/// </summary>
internal sealed class ServeFilter
{
    private readonly Catalog _catalog;
    private readonly ItemFilters _filters;
    private readonly HashSet<string>? _excluded;
    private readonly ActiveRules _rules;

    private ServeFilter(Catalog catalog, ItemFilters filters, HashSet<string>? excluded, ActiveRules rules)
    {
        _rules = rules;
        _catalog = catalog;
        _filters = filters;
        _excluded = excluded;
    }

    /// <param name="catalog">One version for the whole request.</param>
    /// <param name="filters">The request's.</param>
    /// <param name="sessionItems">Never offered again: the shopper has just seen them.</param>
    /// <param name="context">Whose history counts for <see cref="RecentItems"/>.</param>
    /// <param name="nowMs">The request's time.</param>
    /// <param name="rules">Business rules that hold: their filters leave items out of every list; null for none.</param>
    public static ServeFilter Of(Catalog catalog, ItemFilters filters, IReadOnlyList<string> sessionItems, UserContext context, long nowMs, ActiveRules? rules = null)
    {
        HashSet<string>? excluded = null;
        Exclude(ref excluded, filters.ExcludeItems);
        Exclude(ref excluded, sessionItems);
        if (RecentItems.AreExcluded(filters))
        {
            foreach (var item in context.History)
            {
                if (RecentItems.Excludes(filters, item, nowMs))
                    (excluded ??= new(StringComparer.Ordinal)).Add(item.ItemId);
            }
        }

        return new ServeFilter(catalog, filters, excluded, rules ?? ActiveRules.None);
    }

    /// <summary>False while no catalogue was ever received: then what candidate-svc says must do.</summary>
    public bool KnowsCatalog => _catalog.Version > 0;

    /// <param name="itemId">The item.</param>
    /// <param name="item">Its catalogue entry; null only while no catalogue was ever received.</param>
    public bool Allows(string itemId, out CatalogItem? item)
    {
        item = _catalog.Find(itemId);
        if (_excluded is not null && _excluded.Contains(itemId))
            return false;
        return item is null ? !KnowsCatalog : Allows(item);
    }

    private bool Allows(CatalogItem item)
    {
        if (item.Hidden || (_filters.InStockOnly && item.Stock <= 0) || _rules.FilterOf(item) is not null)
            return false;
        // An item of unknown price is not known to be within the bounds.
        if (_filters.MinPrice is { } min && !(item.Price >= min))
            return false;
        if (_filters.MaxPrice is { } max && !(item.Price <= max))
            return false;
        return _filters.Categories is not { Count: > 0 } categories || IsAnyOf(item.Category, categories);
    }

    private static bool IsAnyOf(string category, IReadOnlyList<string> categories)
    {
        foreach (var wanted in categories)
        {
            if (string.Equals(wanted, category, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private static void Exclude(ref HashSet<string>? excluded, IReadOnlyList<string>? items)
    {
        if (items is { Count: > 0 })
            (excluded ??= new(StringComparer.Ordinal)).UnionWith(items);
    }
}
