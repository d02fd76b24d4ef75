using Splitrail.Contracts;
using Splitrail.Datasets;
using Splitrail.Hosting;

namespace Splitrail.FeatureSvc.Catalogs;

/// <summary>What an item must be to be stored.</summary>
internal static class CatalogRules
{
    public const int MaxItems = 10_000;
    public const int MaxText = 1_000;
    public const int MaxAttributes = 64;
    public const decimal MaxPrice = 1_000_000_000m;

    /// <summary>Why the request is refused as a whole; null when it is good.</summary>
    public static string? FaultOf(CatalogUpsertRequest request)
    {
        if (request.Items is not { Count: > 0 and <= MaxItems })
            return $"items has {request.Items?.Count ?? 0} entries: give 1 to {MaxItems}";
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < request.Items.Count; i++)
        {
            if (FaultOf(request.Items[i]) is { } fault)
                return $"items[{i}] {fault}";
            if (!ids.Add(request.Items[i].ItemId))
                return $"items[{i}] item_id {BadInput.Show(request.Items[i].ItemId)} is given twice";
        }

        return null;
    }

    private static string? FaultOf(CatalogItem? item)
    {
        if (item is null)
            return "is null";
        if (DatasetIds.FaultOf(item.ItemId) is { } fault)
            return $"item_id {BadInput.Show(item.ItemId)} {fault}";
        if (item.Title is not { Length: > 0 and <= MaxText })
            return $"title {BadInput.Show(item.Title)} must have 1 to {MaxText} characters";
        if (item.Category is not { Length: <= MaxText })
            return $"category {BadInput.Show(item.Category)} must be there (empty when unknown) and have at most {MaxText} characters";
        if (item.Price is < 0 or > MaxPrice)
            return $"price {item.Price} must be from 0 to {MaxPrice}";
        if (item.Stock < 0)
            return $"stock {item.Stock} must not be negative";
        return FaultOf(item.Attributes);
    }

    private static string? FaultOf(IReadOnlyDictionary<string, string>? attributes)
    {
        if (attributes is null)
            return null;
        if (attributes.Count > MaxAttributes)
            return $"attributes has {attributes.Count} entries, at most {MaxAttributes} are allowed";
        foreach (var (name, value) in attributes)
        {
            if (name.Length is 0 or > MaxText || value is not { Length: <= MaxText })
                return $"attribute {BadInput.Show(name)} must have 1 to {MaxText} characters and a value of at most as many";
        }

        return null;
    }
}
