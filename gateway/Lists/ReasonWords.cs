using Splitrail.Contracts;
using Splitrail.Feeds;

namespace Splitrail.Gateway.Lists;

/// <summary>
/// Why an item is shown, in words for a shopper. They say no more than the sources do: an item is named as the cause only when it is the one item
/// that could have been.
/// </summary>
internal sealed class ReasonWords
{
    private readonly string? _onlyItem;

    private ReasonWords(string? onlyItem) => _onlyItem = onlyItem;

    /// <summary>For lists that nobody's history had a part in.</summary>
    public static ReasonWords Impersonal { get; } = new(null);

    /// <summary>For items similar to this one.</summary>
    public static ReasonWords SimilarTo(CatalogItem? item) => new(item?.Title);

    public static ReasonWords Of(Catalog catalog, IReadOnlyList<string> sessionItems, UserContext context)
    {
        var only = (sessionItems, context.History) switch
        {
            ([var item], []) => item,
            ([], [var item]) => item.ItemId,
            ([var one], [var other]) when one == other.ItemId => one,
            _ => null,
        };
        return only is not null && catalog.Find(only) is { Title.Length: > 0 } known ? new(known.Title) : Impersonal;
    }

    /// <summary>By the most telling of the sources; null when none of them is known here.</summary>
    public string? For(IReadOnlyList<string> sources, CatalogItem? item)
    {
        string? reason = null;
        var best = 0;
        foreach (var source in sources)
        {
            var weight = Weight(source);
            if (weight <= best)
                continue;
            best = weight;
            reason = Words(source, item);
        }

        return reason;
    }

    private static int Weight(string source) => source switch
    {
        "rule" => 7,
        "recent" => 6,
        "item_to_item" or "item_knn" => 5,
        "content" => 4,
        "als" => 3,
        "cold" => 2,
        _ => 1,
    };

    private string? Words(string source, CatalogItem? item) => source switch
    {
        "rule" => "chosen by the shop",
        "recent" => "you had it before",
        "item_to_item" or "item_knn" => _onlyItem is null ? "bought together with items you chose" : $"bought together with {_onlyItem}",
        "content" => _onlyItem is null ? "like items you chose" : $"like {_onlyItem}",
        "als" => "chosen by shoppers with a taste like yours",
        "cold" => "new in the shop",
        "popular" => item is { Category.Length: > 0 } ? $"popular in {item.Category}" : "popular in the shop",
        "trending" => "rising in the shop",
        "search" => "matches your search",
        "related" => "like what matches your search",
        "sample" => "from the catalogue",
        _ => null,
    };
}
