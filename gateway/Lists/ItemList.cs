using Splitrail.Contracts;
using Splitrail.Feeds;

namespace Splitrail.Gateway.Lists;

/// <summary>Answer of <c>GET /v1/items</c>.</summary>
internal sealed record ItemList(IReadOnlyList<OfferedItem> Items)
{
    public const int MaxIds = 100;

    public static ItemList Of(Catalog catalog, IReadOnlyList<string> ids) =>
        new([.. ids.Distinct(StringComparer.Ordinal).Select(catalog.Find).OfType<CatalogItem>().Where(static item => !item.Hidden).Select(OfferedItem.Of)]);
}

/// <param name="ItemId">The item.</param>
/// <param name="Title">As shown.</param>
/// <param name="Category">Empty when unknown.</param>
/// <param name="Price">In the shop's currency; null when unknown.</param>
/// <param name="InStock">False when it is sold out.</param>
/// <param name="Attributes">Free text attributes.</param>
internal sealed record OfferedItem(string ItemId, string Title, string Category, decimal? Price, bool InStock, IReadOnlyDictionary<string, string>? Attributes)
{
    public static OfferedItem Of(CatalogItem item) => new(item.ItemId, item.Title, item.Category, item.Price, item.Stock is not <= 0, item.Attributes);
}
