using Splitrail.Contracts;
using Splitrail.Input;

namespace Splitrail.Gateway.Input;

/// <summary>The member <c>filters</c> of a request.</summary>
/// <param name="Categories">Any of these, at most 50.</param>
/// <param name="MinPrice">Inclusive.</param>
/// <param name="MaxPrice">Inclusive.</param>
/// <param name="InStockOnly">Default true.</param>
/// <param name="ExcludeItems">Never these, at most 500.</param>
/// <param name="ExcludeBoughtDays">Items bought within so many days are left out, 0 to 3650; 0 turns that off. Default 30.</param>
/// <param name="ExcludeViewedDays">Items the shopper viewed or had anything else to do with within so many days are left out, 0 to 3650. Default 0: none are.</param>
internal sealed record FiltersRequest(
    IReadOnlyList<string?>? Categories = null,
    decimal? MinPrice = null,
    decimal? MaxPrice = null,
    bool? InStockOnly = null,
    IReadOnlyList<string?>? ExcludeItems = null,
    int? ExcludeBoughtDays = null,
    int? ExcludeViewedDays = null);

/// <summary>Rules of filters, whether they come in a body or a query.</summary>
internal static class FilterRules
{
    public const int MaxPrice = 1_000_000_000;
    public const int MaxCategories = 50;
    public const int MaxExcluded = 500;
    public const int MaxDays = 3650;

    /// <returns>The first fault, or null and the filters.</returns>
    public static InputFault? Read(FiltersRequest? request, out ItemFilters filters)
    {
        filters = ItemFilters.Default;
        if (request is null)
            return null;
        var fault = FaultOfCategories(request.Categories)
            ?? IdRule.FaultOfList("filters.exclude_items", request.ExcludeItems, MaxExcluded)
            ?? FaultOfPrice("filters.min_price", request.MinPrice)
            ?? FaultOfPrice("filters.max_price", request.MaxPrice)
            ?? FaultOfOrder("filters.max_price", request.MinPrice, request.MaxPrice)
            ?? FaultOfDays("filters.exclude_bought_days", request.ExcludeBoughtDays)
            ?? FaultOfDays("filters.exclude_viewed_days", request.ExcludeViewedDays);
        if (fault is not null)
            return fault;
        filters = new ItemFilters(
            (IReadOnlyList<string>?)request.Categories,
            request.MinPrice,
            request.MaxPrice,
            request.InStockOnly ?? true,
            (IReadOnlyList<string>?)request.ExcludeItems,
            request.ExcludeBoughtDays ?? ItemFilters.Default.ExcludeBoughtDays,
            request.ExcludeViewedDays ?? 0);
        return null;
    }

    public static InputFault? FaultOfOrder(string member, decimal? min, decimal? max) =>
        min > max ? new InputFault(member, max, $"must not be below the least price, which is {min}") : null;

    private static InputFault? FaultOfCategories(IReadOnlyList<string?>? categories)
    {
        if (categories is null)
            return null;
        if (categories.Count > MaxCategories)
            return new InputFault("filters.categories", new RawJson($"a list of {categories.Count}"), $"may have at most {MaxCategories} categories");
        for (var i = 0; i < categories.Count; i++)
        {
            if (TextRule.FaultOf($"filters.categories[{i}]", categories[i]) is { } fault)
                return fault;
        }

        return null;
    }

    private static InputFault? FaultOfPrice(string member, decimal? price) =>
        price is < 0 or > MaxPrice ? new InputFault(member, price, $"must be from 0 to {MaxPrice}") : null;

    private static InputFault? FaultOfDays(string member, int? days) =>
        days is < 0 or > MaxDays ? new InputFault(member, days, $"must be a whole number from 0 to {MaxDays}") : null;
}
