using Splitrail.Contracts;
using Splitrail.Datasets;
using Splitrail.Trainer.Import.Tables;

namespace Splitrail.Trainer.Import.Formats;

/// <summary>
/// Retailrocket's click log: view, addtocart and transaction with milliseconds. Visitors are anonymous and there are no sessions, so a visitor is taken
/// for a user. From item_properties*.csv, where present, come the latest category and whether the item can be had; titles and prices are hashed in
/// the source and stay unknown. The catalogue holds the items that occur in events.
/// </summary>
internal sealed class RetailRocketFormat : IImportFormat
{
    private const string CategoryProperty = "categoryid";
    private const string AvailableProperty = "available";

    public string Name => "retailrocket";

    public string Expects =>
        "a folder with events.csv (timestamp,visitorid,event,itemid,transactionid) and, when there are any, " +
        "item_properties*.csv (timestamp,itemid,property,value), plain or .gz";

    public void Read(ImportSource source, ImportLedger ledger, DatasetWriter writer)
    {
        var items = ReadEvents(source.Require("events.csv"), source, ledger, writer);
        foreach (var file in source.All("item_properties", ".csv")) ReadProperties(file, source, ledger, items);
        foreach (var (id, properties) in items.OrderBy(item => item.Key, StringComparer.Ordinal))
        {
            writer.Add(new CatalogItem(id, $"Item {id}", properties.Category.Value, null, properties.Available.Value == "0" ? 0 : null));
        }
    }

    private static Dictionary<string, Properties> ReadEvents(SourceFile file, ImportSource source, ImportLedger ledger, DatasetWriter writer)
    {
        using var table = Table.Csv(file, source.Log);
        var columns = table.Require("timestamp", "visitorid", "event", "itemid");
        var tally = ledger.Open(file.Name);
        var items = new Dictionary<string, Properties>(StringComparer.Ordinal);
        foreach (var row in table.Rows(tally))
        {
            var time = row.UnixTime(columns[0], unitsPerSecond: 1000);
            var visitor = row.Id(columns[1]);
            var type = TypeOf(row.Text(columns[2]));
            var item = row.Id(columns[3]);
            if (type is null) row.Fail(columns[2], row.Text(columns[2]), "is not one of view, addtocart, transaction");
            if (tally.Refuses(row)) continue;
            items.TryAdd(item, new Properties());
            writer.Add(new EventRow(time, type!, visitor, null, item));
            tally.Keep();
        }
        return items;
    }

    private static void ReadProperties(SourceFile file, ImportSource source, ImportLedger ledger, Dictionary<string, Properties> items)
    {
        using var table = Table.Csv(file, source.Log);
        var columns = table.Require("timestamp", "itemid", "property", "value");
        var tally = ledger.Open(file.Name);
        foreach (var row in table.Rows(tally))
        {
            var time = row.UnixTime(columns[0], unitsPerSecond: 1000);
            var item = row.Id(columns[1]);
            var property = row.Text(columns[2]).ToString();
            if (tally.Refuses(row)) continue;
            if (property is not (CategoryProperty or AvailableProperty)) tally.Drop("properties other than categoryid and available");
            else if (!items.TryGetValue(item, out var properties)) tally.Drop("items without an event");
            else
            {
                (property == CategoryProperty ? properties.Category : properties.Available).Offer(time, row.Text(columns[3]).ToString());
                tally.Keep();
            }
        }
    }

    private static string? TypeOf(ReadOnlySpan<char> name) => name switch
    {
        "view" => EventTypes.View,
        "addtocart" => EventTypes.AddToCart,
        "transaction" => EventTypes.Purchase,
        _ => null,
    };

    private sealed class Properties
    {
        public LatestText Category { get; } = new();

        public LatestText Available { get; } = new();
    }
}
