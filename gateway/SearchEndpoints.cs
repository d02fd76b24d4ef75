using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Splitrail.Gateway.Lists;
using Splitrail.Gateway.Search;
using Splitrail.Hosting;

namespace Splitrail.Gateway;

internal static class SearchEndpoints
{
    public static void MapSearch(this IEndpointRouteBuilder routes) => routes.MapGet("/v1/search", Search)
        .WithSummary("Search the catalogue")
        .WithDescription("By words, forgiving typing errors, and by what the matches are like. What matches nothing gets popular items, and the answer says so.");

    private static async Task<Results<Ok<SearchAnswer>, ProblemHttpResult>> Search(
        [FromQuery(Name = "q"), Description("What is looked for, 1 to 256 characters.")] string? q,
        [FromQuery(Name = "num_items"), Description("How many, 1 to 500; default 10.")] string? numItems,
        [FromQuery(Name = "offset"), Description("How many come before the page, 0 to 1500; default 0.")] string? offset,
        [FromQuery(Name = "category")] string? category,
        [FromQuery(Name = "min_price")] string? minPrice,
        [FromQuery(Name = "max_price")] string? maxPrice,
        [FromQuery(Name = "in_stock_only")] string? inStockOnly,
        [FromQuery(Name = "facets"), Description("Whether to count categories and prices; default false.")] string? facets,
        [FromQuery(Name = "prefix"), Description("Whether the last word may be unfinished; default true.")] string? prefix,
        [FromQuery(Name = "user_id"), Description("Whose taste orders what matches.")] string? userId,
        [FromQuery(Name = "session_id")] string? sessionId,
        [FromQuery(Name = "session_items"), Description("Up to 100 ids with commas between them, oldest first.")] string? sessionItems,
        SearchLists search)
    {
        var parameters = new SearchParameters(q, offset, facets, prefix, userId, sessionId, sessionItems);
        return SearchQuery.Read(parameters, new ListParameters(numItems, category, minPrice, maxPrice, inStockOnly), out var query) is { } fault
            ? fault.ToProblem()
            : TypedResults.Ok(await search.RunAsync(query, RequestId.Current!));
    }
}
