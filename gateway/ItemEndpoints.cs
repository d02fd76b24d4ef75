using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Splitrail.Feeds;
using Splitrail.Gateway.Input;
using Splitrail.Gateway.Lists;
using Splitrail.Hosting;

namespace Splitrail.Gateway;

internal static class ItemEndpoints
{
    private const string Count = "How many, 1 to 500; default 10.";

    public static void MapItems(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/items", Find).WithSummary("Items by id").WithDescription("In the order of the ids. What the shop does not know or has hidden is left out.");
        routes.MapGet("/v1/items/{id}/similar", Similar).WithSummary("Items like this one").ProducesProblem(StatusCodes.Status404NotFound);
        routes.MapGet("/v1/popular", Popular).WithSummary("Popular items");
    }

    private static Results<Ok<ItemList>, ProblemHttpResult> Find(
        [FromQuery(Name = "ids"), Description("1 to 100 ids with commas between them.")] string? ids, CatalogFeed catalog)
    {
        string[] wanted = ids?.Split(',') ?? [""];
        return IdRule.FaultOfList("ids", wanted, ItemList.MaxIds) is { } fault ? fault.ToProblem() : TypedResults.Ok(ItemList.Of(catalog.Current, wanted));
    }

    private static async Task<Results<Ok<ListResponse>, ProblemHttpResult>> Similar(
        string id,
        [FromQuery(Name = "num_items"), Description(Count)] string? numItems,
        [FromQuery(Name = "category")] string? category,
        [FromQuery(Name = "min_price")] string? minPrice,
        [FromQuery(Name = "max_price")] string? maxPrice,
        [FromQuery(Name = "in_stock_only")] string? inStockOnly,
        ItemLists lists)
    {
        var bad = ListQuery.Read(new ListParameters(numItems, category, minPrice, maxPrice, inStockOnly), out var query);
        if ((IdRule.FaultOf("id", id) ?? bad) is { } fault)
            return fault.ToProblem();
        return await lists.SimilarAsync(id, query, RequestId.Current!) is { } answer
            ? TypedResults.Ok(answer)
            : TypedResults.Problem(title: "Unknown item", detail: $"There is no item {BadInput.Show(id)}.", statusCode: StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Ok<ListResponse>, ProblemHttpResult>> Popular(
        [FromQuery(Name = "num_items"), Description(Count)] string? numItems,
        [FromQuery(Name = "category")] string? category,
        [FromQuery(Name = "min_price")] string? minPrice,
        [FromQuery(Name = "max_price")] string? maxPrice,
        [FromQuery(Name = "in_stock_only")] string? inStockOnly,
        ItemLists lists)
    {
        if (ListQuery.Read(new ListParameters(numItems, category, minPrice, maxPrice, inStockOnly), out var query) is { } fault)
            return fault.ToProblem();
        return TypedResults.Ok(await lists.PopularAsync(query, RequestId.Current!));
    }
}
