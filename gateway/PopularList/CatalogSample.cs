using Splitrail.Feeds;

namespace Splitrail.Gateway.PopularList;

/// <summary>The catalogue in a random order that a seed fixes: when nothing is known of what sells, every item has the same chance.</summary>
internal sealed class CatalogSample(int seed)
{
    private volatile Shuffled? _shuffled;

    public IReadOnlyList<string> Of(Catalog catalog)
    {
        if (_shuffled is { } ready && ready.Version == catalog.Version)
            return ready.Items;
        // Sorted first: the order of a dictionary is nobody's promise.
        string[] items = [.. catalog.Items.Keys.Order(StringComparer.Ordinal)];
        new Random(seed).Shuffle(items);
        _shuffled = new Shuffled(catalog.Version, items);
        return items;
    }

    private sealed record Shuffled(long Version, string[] Items);
}
