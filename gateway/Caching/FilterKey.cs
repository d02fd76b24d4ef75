using System.Globalization;
using Splitrail.Contracts;

namespace Splitrail.Gateway.Caching;

/// <summary>Filters as a part of a cache key.</summary>
internal static class FilterKey
{
    private const int MaxCategories = 3;

    /// <summary>Null when the filters are so particular that a cached list would hardly be asked for again.</summary>
    public static string? Of(ItemFilters filters)
    {
        if (filters.ExcludeItems is { Count: > 0 } || filters.Categories is { Count: > MaxCategories })
            return null;
        // The usual case costs no string. Bought items do not matter: who has bought has a context and is not served from this cache.
        if (filters is { Categories: null or { Count: 0 }, MinPrice: null, MaxPrice: null })
            return filters.InStockOnly ? "" : "all";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{filters.InStockOnly}\n{filters.MinPrice}\n{filters.MaxPrice}\n{string.Join('\n', filters.Categories ?? [])}");
    }
}
