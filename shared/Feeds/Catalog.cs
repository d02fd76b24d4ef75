using System.Collections.Frozen;
using Splitrail.Contracts;

namespace Splitrail.Feeds;

/// <summary>The catalogue at one version, immutable.</summary>
/// <param name="version">The version.</param>
/// <param name="items">All items by id, hidden ones too.</param>
/// <param name="previousVersion">The version that <paramref name="changes"/> were applied to.</param>
/// <param name="changes">What made this version of the previous one; null when all of it came anew.</param>
public sealed class Catalog(
    long version, FrozenDictionary<string, CatalogItem> items, long previousVersion = 0, IReadOnlyList<CatalogItem>? changes = null)
{
    public static Catalog Empty { get; } = new(0, FrozenDictionary<string, CatalogItem>.Empty);

    public long Version { get; } = version;

    /// <summary>All items by id, hidden ones too.</summary>
    public FrozenDictionary<string, CatalogItem> Items { get; } = items;

    public long PreviousVersion { get; } = previousVersion;

    /// <summary>What made this version of <see cref="PreviousVersion"/>, so that an index need not compare all items; null when all of it came anew.</summary>
    public IReadOnlyList<CatalogItem>? Changes { get; } = changes;

    public CatalogItem? Find(string itemId) => Items.GetValueOrDefault(itemId);

    /// <summary>May be offered: there, not hidden, not sold out.</summary>
    public bool IsSellable(string itemId) => Find(itemId) is { Hidden: false, Stock: not <= 0 };

    internal Catalog Apply(CatalogFeedResponse change)
    {
        var items = change.Full ? new Dictionary<string, CatalogItem>(change.Items.Count, StringComparer.Ordinal) : new(Items, StringComparer.Ordinal);
        foreach (var item in change.Items)
            items[item.ItemId] = item;
        return new Catalog(change.Version, items.ToFrozenDictionary(StringComparer.Ordinal), Version, change.Full ? null : change.Items);
    }
}
