using Splitrail.ExperimentSvc.Storefront;

namespace Splitrail.ExperimentSvc.Pages.Demo;

/// <summary>What is shown of one visit on every page.</summary>
/// <param name="Shopper">Who.</param>
/// <param name="ForYou">The list for the shopper, after the latest step.</param>
/// <param name="Change">What the latest step changed in it.</param>
/// <param name="Named">Items of the steps, the cart, and of those that left the list.</param>
/// <param name="NotTold">Why what is done is not told to the shop; null when it is.</param>
public sealed record DemoView(Shopper Shopper, Asked<ShopList> ForYou, ListChange Change, OfferedItems Named, string? NotTold)
{
    public string NameOf(string id) => Named.Find(id)?.Name ?? id;

    public string CategoryOf(string id) => Named.Find(id)?.Category ?? "";
}

/// <param name="View">The visit.</param>
/// <param name="Popular">Of the whole shop.</param>
/// <param name="Users">Some, to borrow their eyes.</param>
/// <param name="Problem">What was wrong with what was typed.</param>
public sealed record HomeModel(DemoView View, Asked<ShopList> Popular, Asked<KnownUsers> Users, string? Problem);

/// <param name="View">The visit.</param>
/// <param name="Id">Of the item.</param>
/// <param name="Item">Null when it is not offered, or nobody could say.</param>
/// <param name="Problem">Why nobody could say.</param>
/// <param name="Similar">Items like it; popular ones when it is not offered.</param>
/// <param name="Done">What was just done with it.</param>
/// <param name="Refused">Why something was not done.</param>
public sealed record ItemModel(DemoView View, string Id, OfferedItem? Item, string? Problem, Asked<ShopList> Similar, string? Done, string? Refused);

/// <param name="Shopper">Who.</param>
/// <param name="Words">As they were typed.</param>
/// <param name="Category">Chosen; null for all.</param>
/// <param name="Found">What was found; null when nothing was asked.</param>
/// <param name="Problem">What is wrong with what was typed.</param>
public sealed record SearchModel(Shopper Shopper, string Words, string? Category, Asked<ShopList>? Found, string? Problem);

/// <param name="View">The visit.</param>
/// <param name="Done">What was just done.</param>
/// <param name="Refused">Why something was not done.</param>
public sealed record CartModel(DemoView View, string? Done, string? Refused);
