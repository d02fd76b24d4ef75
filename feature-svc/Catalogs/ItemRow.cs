using System.Text.Json;
using System.Text.Json.Serialization;
using Splitrail.Contracts;
using Splitrail.Sql;

namespace Splitrail.FeatureSvc.Catalogs;

/// <summary>An item as it lies in SQL: amounts in millionths, truth values as 0 and 1.</summary>
internal sealed record ItemRow(
    string Id, string Title, string Category, long? PriceMicros, long? Stock, long Hidden, string? Attributes, long FromDataset, long Version)
{
    private const decimal Micros = 1_000_000m;

    public static BulkTable<ItemRow> Table { get; } = new("items", "id",
    [
        new("id", static row => row.Id),
        new("title", static row => row.Title),
        new("category", static row => row.Category),
        new("price_micros", static row => row.PriceMicros),
        new("stock", static row => row.Stock),
        new("hidden", static row => row.Hidden),
        new("attributes", static row => row.Attributes),
        new("from_dataset", static row => row.FromDataset),
        new("version", static row => row.Version),
    ]);

    public static ItemRow Of(CatalogItem item, bool fromDataset, long version) => new(
        item.ItemId,
        item.Title,
        item.Category,
        item.Price is { } price ? (long)decimal.Round(price * Micros) : null,
        item.Stock,
        item.Hidden ? 1 : 0,
        item.Attributes is { Count: > 0 } attributes ? JsonSerializer.Serialize(attributes, AttributesJson.Default.IReadOnlyDictionaryStringString) : null,
        fromDataset ? 1 : 0,
        version);

    public CatalogItem ToItem() => new(
        Id,
        Title,
        Category,
        PriceMicros / Micros,
        (int?)Stock,
        Hidden != 0,
        Attributes is null ? null : JsonSerializer.Deserialize(Attributes, AttributesJson.Default.IReadOnlyDictionaryStringString));
}

[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
internal sealed partial class AttributesJson : JsonSerializerContext;
