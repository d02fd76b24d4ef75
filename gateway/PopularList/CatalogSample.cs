using Splitrail.Feeds;

namespace Splitrail.Gateway.PopularList;

/// <summary>The catalogue in a random order that a seed fixes: when nothing is known of what sells, every item has the same chance.</summary>
internal sealed class CatalogSample(int seed)
{
    private volatile string[]? _shuffled;

    public IReadOnlyList<string> Of(Catalog catalog)
    {
        // Stock moves with every version, the set of items seldom: the order stays while their number does, and who serves it asks the catalogue anyway.
        if (_shuffled is { } ready && ready.Length == catalog.Items.Count)
            return ready;
        // Sorted first: the order of a dictionary is nobody's promise.
        string[] items = [.. catalog.Items.Keys.Order(StringComparer.Ordinal)];
        new Random(seed).Shuffle(items);
        return _shuffled = items;
    }
}
