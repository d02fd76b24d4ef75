using Microsoft.AspNetCore.Mvc;
using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Storefront;

namespace Splitrail.ExperimentSvc.Pages.Demo;

/// <summary>The shop window: what one can look at.</summary>
internal static class DemoEndpoints
{
    /// <summary>Enough to meet most categories of a shop.</summary>
    private const int PopularItems = 60;

    private const int SuggestedUsers = 24;
    private const int SimilarItems = 6;
    private const int FoundItems = 24;
    private const int Suggestions = 7;

    public static void MapDemoPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(DemoPaths.Root, (Shopper shopper, DemoShop demo, ShopApi shop, HttpContext http) => HomeAsync(shopper, null, demo, shop, http));
        routes.MapGet(DemoPaths.Items + "/{id}", Item);
        routes.MapGet(DemoPaths.Search, Search);
        routes.MapGet(DemoPaths.Suggest, Suggest);
        routes.MapGet(DemoPaths.Cart, Cart);
    }

    /// <param name="shopper">Who.</param>
    /// <param name="problem">What was wrong with what was typed; null when nothing was.</param>
    /// <param name="demo">The visit's dealings.</param>
    /// <param name="shop">The shop.</param>
    /// <param name="http">The request.</param>
    public static async Task<IResult> HomeAsync(Shopper shopper, string? problem, DemoShop demo, ShopApi shop, HttpContext http)
    {
        var (popular, users) = (shop.PopularAsync(null, PopularItems, http.RequestAborted), shop.UsersAsync(SuggestedUsers, http.RequestAborted));
        var view = await demo.LookAsync(shopper, "home", null, http.RequestAborted);
        var status = problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;
        return DemoAnswer.Of<HomePage>(http, view.Shopper, new HomeModel(view, await popular, await users, problem), status);
    }

    private static async Task<IResult> Item(
        string id, [FromQuery] string? from, [FromQuery] string? done, [FromQuery] string? refused, Shopper shopper, DemoShop demo, ShopApi shop, HttpContext http)
    {
        var known = ShopIds.IsKept(id) ? await shop.ItemsAsync([id], http.RequestAborted) : new Asked<OfferedItems>(new OfferedItems([]));
        if (known.Value?.Find(id) is not { } item)
            return await MissingAsync(id, known.Problem, shopper, demo, shop, http);
        var similar = shop.SimilarAsync(id, SimilarItems, http.RequestAborted);
        var (after, events) = Looked(shopper, id, ShopIds.IsKept(from) ? from : null);
        var view = await demo.LookAsync(after, "product", await demo.TellAsync(events, http.RequestAborted), http.RequestAborted);
        return DemoAnswer.Of<ItemPage>(http, view.Shopper, new ItemModel(view, id, item, null, await similar, DoneWords.Of(done), DoneWords.WhyNot(refused)));
    }

    private static async Task<IResult> MissingAsync(string id, string? problem, Shopper shopper, DemoShop demo, ShopApi shop, HttpContext http)
    {
        var popular = shop.PopularAsync(null, SimilarItems, http.RequestAborted);
        var view = await demo.LookAsync(shopper, "product", null, http.RequestAborted);
        var status = problem is null ? StatusCodes.Status404NotFound : StatusCodes.Status503ServiceUnavailable;
        return DemoAnswer.Of<ItemPage>(http, view.Shopper, new ItemModel(view, id, null, problem, await popular, null, null), status);
    }

    /// <summary>Reading a page again is no second look.</summary>
    private static (Shopper Shopper, SentEvent[] Events) Looked(Shopper shopper, string id, string? from)
    {
        if (shopper.Steps.LastOrDefault(static step => step.Kind == EventTypes.View) is { } last && last.Item == id && (from is null || last.Request == from))
            return (shopper, []);
        var (after, view) = DemoShop.Take(shopper, new Step(EventTypes.View, id, Request: from));
        return (after, from is null ? [view] : [view, DemoShop.EventOf(after, EventTypes.Click, id, from)]);
    }

    private static async Task<IResult> Search([FromQuery] string? q, [FromQuery] string? category, Shopper shopper, ShopApi shop, HttpContext http)
    {
        var (words, chosen) = (q?.Trim() ?? "", category is { Length: > 0 } ? category : null);
        if (words.Any(char.IsControl) || words.Length > ShopIds.MaxLength)
            return DemoAnswer.Of<SearchPage>(http, shopper, new SearchModel(shopper, words, chosen, null, "These words are too long, or have characters that cannot be typed."), StatusCodes.Status400BadRequest);
        var found = words.Length > 0 ? await shop.SearchAsync(words, chosen, DemoShop.RequestOf(shopper, FoundItems), facets: true, http.RequestAborted)
            : chosen is not null ? await shop.PopularAsync(chosen, FoundItems, http.RequestAborted)
            : null;
        return DemoAnswer.Of<SearchPage>(http, shopper, new SearchModel(shopper, words, chosen, found, null));
    }

    /// <summary>Titles for what was typed so far; none when nothing has the words.</summary>
    private static async Task<IResult> Suggest([FromQuery] string? q, Shopper shopper, ShopApi shop, CancellationToken cancellationToken)
    {
        var found = string.IsNullOrWhiteSpace(q) || q.Length > ShopIds.MaxLength
            ? null
            : (await shop.SearchAsync(q, null, DemoShop.RequestOf(shopper, Suggestions), facets: false, cancellationToken)).Value;
        string[] titles = [.. (found?.Shown ?? []).Where(static item => item.Sources?.Contains(SearchMatches.Words) == true).Select(static item => item.Title).Distinct(StringComparer.Ordinal)];
        return TypedResults.Json(titles, StorefrontJson.Default.StringArray);
    }

    private static async Task<IResult> Cart([FromQuery] string? done, [FromQuery] string? refused, Shopper shopper, DemoShop demo, HttpContext http)
    {
        var view = await demo.LookAsync(shopper, "cart", null, http.RequestAborted);
        return DemoAnswer.Of<CartPage>(http, view.Shopper, new CartModel(view, DoneWords.Of(done), DoneWords.WhyNot(refused)));
    }
}
