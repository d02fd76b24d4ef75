using Splitrail.Contracts;
using Splitrail.Gateway.Input;
using Splitrail.Input;

namespace Splitrail.Gateway.Lists;

/// <summary>The parameters that similar, popular and search share.</summary>
/// <param name="Count">How many items.</param>
/// <param name="Filters">What may be shown.</param>
internal sealed record ListQuery(int Count, ItemFilters Filters)
{
    public const int MaxItems = 500;
    public const int DefaultItems = 10;

    /// <returns>The first fault, or null and the query.</returns>
    public static InputFault? Read(ListParameters given, out ListQuery query)
    {
        var fault = QueryRules.ReadNumber("num_items", given.NumItems, 1, MaxItems, DefaultItems, out var count);
        fault ??= TextRule.FaultOfOptional("category", given.Category);
        var price = QueryRules.ReadPrice("min_price", given.MinPrice, out var min);
        fault ??= price;
        price = QueryRules.ReadPrice("max_price", given.MaxPrice, out var max) ?? FilterRules.FaultOfOrder("max_price", min, max);
        fault ??= price;
        var stock = QueryRules.ReadSwitch("in_stock_only", given.InStockOnly, true, out var inStockOnly);
        fault ??= stock;
        query = new ListQuery(count, new ItemFilters(given.Category is null ? null : [given.Category], min, max, inStockOnly, null, 0));
        return fault;
    }
}

/// <summary>As they stand in the query.</summary>
internal readonly record struct ListParameters(string? NumItems, string? Category, string? MinPrice, string? MaxPrice, string? InStockOnly);
