using Splitrail.Contracts;
using Splitrail.Feeds;
using Splitrail.Models;
using Splitrail.Retrieval;

namespace Splitrail.CandidateSvc.Filters;

/// <summary>
/// The catalogue as bitmaps over a model's items, made once per catalogue version, so that a filter is a few ANDs per request. An item of the
/// model that the catalogue no longer has is never offered.
/// </summary>
internal sealed class ItemFacts
{
    private readonly ItemBitmap _visible;
    private readonly ItemBitmap _inStock;
    private readonly Dictionary<string, ItemBitmap> _categories = new(StringComparer.OrdinalIgnoreCase);
    private readonly decimal?[] _prices;
    private readonly ItemIndex _items;

    public ItemFacts(ItemIndex items, Catalog catalog)
    {
        _items = items;
        _visible = new ItemBitmap(items.Count);
        _inStock = new ItemBitmap(items.Count);
        _prices = new decimal?[items.Count];
        for (var i = 0; i < items.Count; i++)
        {
            if (catalog.Find(items[i]) is not { Hidden: false } item)
                continue;
            _visible[i] = true;
            _inStock[i] = item.Stock is not <= 0;
            _prices[i] = item.Price;
            if (item.Category.Length == 0)
                continue;
            if (!_categories.TryGetValue(item.Category, out var members))
                _categories.Add(item.Category, members = new ItemBitmap(items.Count));
            members[i] = true;
        }
    }

    /// <summary>Items that pass the filters. The caller may change the bitmap.</summary>
    public ItemBitmap Allowed(ItemFilters filters)
    {
        var allowed = new ItemBitmap(_items.Count);
        Allow(filters, allowed);
        return allowed;
    }

    /// <summary>Sets <paramref name="allowed"/> to the items that pass the filters; what was bought is left to <see cref="QueryBuffer.Fill"/>.</summary>
    public void Allow(ItemFilters filters, ItemBitmap allowed)
    {
        allowed.CopyFrom(_visible);
        if (filters.InStockOnly)
            allowed.IntersectWith(_inStock);
        if (filters.Categories is { Count: > 0 } categories)
            allowed.IntersectWith(AnyOf(categories));
        if (filters.MinPrice is not null || filters.MaxPrice is not null)
            for (var i = 0; i < _prices.Length; i++)
                if (!PriceFilter.Passes(filters, _prices[i]))
                    allowed[i] = false;
        foreach (var excluded in filters.ExcludeItems ?? [])
            if (_items.Find(excluded) is >= 0 and var item)
                allowed[item] = false;
    }

    private ItemBitmap AnyOf(IReadOnlyList<string> categories)
    {
        var any = new ItemBitmap(_items.Count);
        foreach (var category in categories)
            if (_categories.TryGetValue(category, out var members))
                any.UnionWith(members);
        return any;
    }
}
