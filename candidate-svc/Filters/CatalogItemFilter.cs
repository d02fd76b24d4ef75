using Splitrail.Contracts;

namespace Splitrail.CandidateSvc.Filters;

/// <summary>The same rules as <see cref="ItemFacts"/> for one item of the catalogue: search also finds what no model knows yet.</summary>
internal static class CatalogItemFilter
{
    public static bool Passes(ItemFilters filters, CatalogItem item) =>
        !item.Hidden
        && (!filters.InStockOnly || item.Stock is not <= 0)
        && (filters.Categories is not { Count: > 0 } categories || categories.Contains(item.Category, StringComparer.OrdinalIgnoreCase))
        && PriceFilter.Passes(filters, item.Price)
        && (filters.ExcludeItems is not { Count: > 0 } excluded || !excluded.Contains(item.ItemId));
}
