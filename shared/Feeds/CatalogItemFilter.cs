using Splitrail.Contracts;

namespace Splitrail.Feeds;

/// <summary>A request's filters against one item of the catalogue; what was bought is another matter.</summary>
public static class CatalogItemFilter
{
    public static bool Passes(ItemFilters filters, CatalogItem item) =>
        !item.Hidden
        && (!filters.InStockOnly || item.Stock is not <= 0)
        && (filters.Categories is not { Count: > 0 } categories || categories.Contains(item.Category, StringComparer.OrdinalIgnoreCase))
        && PriceFilter.Passes(filters, item.Price)
        && (filters.ExcludeItems is not { Count: > 0 } excluded || !excluded.Contains(item.ItemId));
}
