using Splitrail.Contracts;

namespace Splitrail.Feeds;

public static class PriceFilter
{
    /// <summary>An unknown price passes no price filter.</summary>
    public static bool Passes(ItemFilters filters, decimal? price) =>
        (filters.MinPrice is null || price >= filters.MinPrice) && (filters.MaxPrice is null || price <= filters.MaxPrice);
}
