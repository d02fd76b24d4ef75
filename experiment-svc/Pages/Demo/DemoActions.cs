using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Storefront;

namespace Splitrail.ExperimentSvc.Pages.Demo;

/// <summary>The shop window: what one can do. Each is told to the shop first; what it does not take was not done.</summary>
internal static class DemoActions
{
    private const int MostStars = 5;

    public static void MapDemoActions(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(DemoPaths.Items + "/{id}/cart", PutInCart);
        routes.MapPost(DemoPaths.Items + "/{id}/buy", Buy);
        routes.MapPost(DemoPaths.Items + "/{id}/rate", Rate);
        routes.MapPost(DemoPaths.Cart + "/remove", Remove);
        routes.MapPost(DemoPaths.Cart + "/buy", BuyAll);
        routes.MapPost(DemoPaths.Who, Become);
    }

    private static async Task<IResult> PutInCart(string id, Shopper shopper, DemoShop demo, ShopApi shop, HttpContext http) =>
        await ActAsync(id, shopper, new Step(EventTypes.AddToCart, id), DoneWords.Cart, demo, shop, http, static (after, item) => after.Adding(item));

    private static async Task<IResult> Buy(string id, Shopper shopper, DemoShop demo, ShopApi shop, HttpContext http) =>
        await ActAsync(id, shopper, new Step(EventTypes.Purchase, id), DoneWords.Bought, demo, shop, http, static (after, item) => after.Removing([item]));

    private static async Task<IResult> Rate(string id, [FromForm] string? stars, Shopper shopper, DemoShop demo, ShopApi shop, HttpContext http) =>
        int.TryParse(stars, NumberStyles.None, CultureInfo.InvariantCulture, out var given) && given is >= 1 and <= MostStars
            ? await ActAsync(id, shopper, new Step(EventTypes.Rating, id, given), DoneWords.Rated, demo, shop, http, static (after, _) => after)
            : DemoAnswer.To(http, shopper, $"{DemoPaths.Item(id)}?refused={DoneWords.NoStars}");

    private static async Task<IResult> ActAsync(
        string id, Shopper shopper, Step step, string done, DemoShop demo, ShopApi shop, HttpContext http, Func<Shopper, string, Shopper> keep)
    {
        if (!ShopIds.IsKept(id))
            return TypedResults.LocalRedirect(DemoPaths.Root);
        var known = await shop.ItemsAsync([id], http.RequestAborted);
        var item = known.Value?.Find(id);
        var refused = known.Problem is not null ? DoneWords.NotTold
            : item is null ? DoneWords.NotOffered
            : step.Kind != EventTypes.Rating && !item.InStock ? DoneWords.SoldOut
            : null;
        if (refused is not null)
            return DemoAnswer.To(http, shopper, $"{DemoPaths.Item(id)}?refused={refused}");
        var (after, told) = Told(shopper, step, item!);
        return await demo.TellAsync([told], http.RequestAborted) is null
            ? DemoAnswer.To(http, keep(after, id), $"{DemoPaths.Item(id)}?done={done}")
            : DemoAnswer.To(http, shopper, $"{DemoPaths.Item(id)}?refused={DoneWords.NotTold}");
    }

    private static (Shopper Shopper, SentEvent Event) Told(Shopper shopper, Step step, OfferedItem item) => step.Kind switch
    {
        EventTypes.Rating => DemoShop.Take(shopper, step, value: step.Stars),
        EventTypes.Purchase => DemoShop.Take(shopper, step, quantity: 1, value: (double?)item.Price),
        _ => DemoShop.Take(shopper, step, quantity: 1),
    };

    private static RedirectHttpResult Remove([FromForm] string? item, Shopper shopper, HttpContext http) =>
        DemoAnswer.To(http, shopper.Removing([item ?? ""]), $"{DemoPaths.Cart}?done={DoneWords.Removed}");

    private static async Task<IResult> BuyAll(Shopper shopper, DemoShop demo, ShopApi shop, HttpContext http)
    {
        var known = await shop.ItemsAsync(shopper.Cart, http.RequestAborted);
        OfferedItem[] sold = [.. shopper.Cart.Select(id => known.Value?.Find(id)).OfType<OfferedItem>().Where(static item => item.InStock)];
        if (sold.Length == 0)
            return DemoAnswer.To(http, shopper, $"{DemoPaths.Cart}?refused={(known.Problem is null ? DoneWords.Empty : DoneWords.NotTold)}");
        List<SentEvent> events = [];
        var after = shopper;
        foreach (var item in sold)
        {
            (after, var told) = Told(after, new Step(EventTypes.Purchase, item.ItemId), item);
            events.Add(told);
        }

        return await demo.TellAsync([.. events], http.RequestAborted) is null
            ? DemoAnswer.To(http, after.Removing(sold.Select(static item => item.ItemId)), $"{DemoPaths.Cart}?done={DoneWords.Bought}")
            : DemoAnswer.To(http, shopper, $"{DemoPaths.Cart}?refused={DoneWords.NotTold}");
    }

    /// <summary>A visit of its own for each: a guest's arms belong to his session.</summary>
    private static async Task<IResult> Become([FromForm] string? user, Shopper shopper, DemoShop demo, ShopApi shop, HttpContext http) => user?.Trim() switch
    {
        null or "" => DemoAnswer.To(http, ShopperCookie.Anew(null), DemoPaths.Root),
        { } id when ShopIds.IsKept(id) => DemoAnswer.To(http, ShopperCookie.Anew(id), DemoPaths.Root),
        _ => await DemoEndpoints.HomeAsync(shopper, $"A user's id {ShopIds.Rule}.", demo, shop, http),
    };
}
