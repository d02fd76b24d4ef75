using System.Collections.Frozen;
using Splitrail.Contracts;

namespace Splitrail.ExperimentSvc.Catalog;

/// <summary>What the shop offers at one version of its catalogue: items that are not hidden, by their category.</summary>
internal sealed class OfferedItems
{
    private readonly FrozenDictionary<string, string> _categories;

    private OfferedItems(long version, FrozenDictionary<string, string> categories) => (Version, _categories) = (version, categories);

    public static OfferedItems None { get; } = new(0, FrozenDictionary<string, string>.Empty);

    public long Version { get; }

    public int Count => _categories.Count;

    /// <summary>Empty for an item without one, null for one that is not offered.</summary>
    public string? CategoryOf(string item) => _categories.GetValueOrDefault(item);

    public OfferedItems After(CatalogFeedResponse change)
    {
        Dictionary<string, string> categories = change.Full ? new(change.Items.Count, StringComparer.Ordinal) : new(_categories, StringComparer.Ordinal);
        foreach (var item in change.Items)
        {
            if (item.Hidden)
                categories.Remove(item.ItemId);
            else
                categories[item.ItemId] = item.Category ?? "";
        }

        return new OfferedItems(change.Version, categories.ToFrozenDictionary(StringComparer.Ordinal));
    }
}
