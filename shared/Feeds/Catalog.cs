using System.Collections.Frozen;
using Splitrail.Contracts;

namespace Splitrail.Feeds;

/// <summary>The catalogue at one version, immutable.</summary>
public sealed class Catalog(long version, FrozenDictionary<string, CatalogItem> items)
{
    public static Catalog Empty { get; } = new(0, FrozenDictionary<string, CatalogItem>.Empty);

    public long Version { get; } = version;

    /// <summary>All items by id, hidden ones too.</summary>
    public FrozenDictionary<string, CatalogItem> Items { get; } = items;

    public CatalogItem? Find(string itemId) => Items.GetValueOrDefault(itemId);

    /// <summary>May be offered: there, not hidden, not sold out.</summary>
    public bool IsSellable(string itemId) => Find(itemId) is { Hidden: false, Stock: not <= 0 };

    internal Catalog Apply(CatalogFeedResponse change)
    {
        var items = change.Full ? new Dictionary<string, CatalogItem>(change.Items.Count, StringComparer.Ordinal) : new(Items, StringComparer.Ordinal);
        foreach (var item in change.Items)
            items[item.ItemId] = item;
        return new Catalog(change.Version, items.ToFrozenDictionary(StringComparer.Ordinal));
    }
}
