using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Splitrail.Contracts;
using Splitrail.Datasets;
using Splitrail.Trainer.Import.Tables;

namespace Splitrail.Trainer.Import.Formats;

/// <summary>
/// Events in the shape of the public API, one JSON object a line, and when there is one an items.jsonl of catalogue items beside them. An event_id seen
/// before changes nothing. Items without a line of their own get their id for a title.
/// </summary>
internal sealed class JsonLinesFormat : IImportFormat
{
    private const string ItemsFile = "items.jsonl";

    public string Name => "jsonl";

    public string Expects =>
        "a .jsonl of events ({\"event_id\", \"type\", \"user_id\" or \"session_id\", \"item_id\", \"timestamp_ms\", \"quantity\", \"value_micros\"}), " +
        "or a folder with events.jsonl and items.jsonl ({\"item_id\", \"title\", \"category\", \"price\", \"stock\"}), plain or .gz";

    public void Read(ImportSource source, ImportLedger ledger, DatasetWriter writer)
    {
        var events = source.Find("events.jsonl") ?? source.Single(".jsonl");
        var known = source.Find(ItemsFile) is { } items ? ReadItems(items, source, ledger, writer) : new HashSet<string>(StringComparer.Ordinal);
        ReadEvents(events, source, ledger, writer, known);
    }

    private static HashSet<string> ReadItems(SourceFile file, ImportSource source, ImportLedger ledger, DatasetWriter writer)
    {
        var tally = ledger.Open(file.Name);
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (number, text) in TextLines.Of(file, source.Log))
        {
            if (Parse(number, text, ContractsJson.Default.CatalogItem, tally) is not { } item) continue;
            if (FaultOf(item, known) is { } fault)
            {
                tally.Refuse(number, fault);
                continue;
            }
            known.Add(item.ItemId);
            writer.Add(item with { Title = item.Title ?? item.ItemId, Category = item.Category ?? "" });
            tally.Keep();
        }
        return known;
    }

    private static void ReadEvents(SourceFile file, ImportSource source, ImportLedger ledger, DatasetWriter writer, HashSet<string> known)
    {
        var tally = ledger.Open(file.Name);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (number, text) in TextLines.Of(file, source.Log))
        {
            if (Parse(number, text, ContractsJson.Default.ShopEvent, tally) is not { } read) continue;
            if (FaultOf(read) is { } fault) tally.Refuse(number, fault);
            else if (read.EventId is { Length: > 0 } id && !seen.Add(id)) tally.Drop("event_id seen before");
            else
            {
                if (known.Add(read.ItemId)) writer.Add(new CatalogItem(read.ItemId, read.ItemId, "", null, null));
                writer.Add(new EventRow(read.TimestampMs, read.Type, read.UserId, read.SessionId, read.ItemId, read.Quantity, read.ValueMicros));
                tally.Keep();
            }
        }
    }

    private static T? Parse<T>(long number, string text, JsonTypeInfo<T> type, FileTally tally)
        where T : class
    {
        tally.CountRead();
        try
        {
            if (JsonSerializer.Deserialize(text, type) is { } read) return read;
            tally.Refuse(number, "is null where an object is expected");
        }
        catch (JsonException e)
        {
            tally.Refuse(number, $"is not the JSON expected: {e.Message}");
        }
        return null;
    }

    private static string? FaultOf(CatalogItem item, HashSet<string> known)
    {
        if (DatasetIds.FaultOf(item.ItemId) is { } fault) return $"item_id '{item.ItemId}' {fault}";
        if (known.Contains(item.ItemId)) return $"item_id '{item.ItemId}' is there twice";
        if (item.Price < 0) return $"price '{item.Price}' is below 0";
        return item.Stock < 0 ? $"stock '{item.Stock}' is below 0" : null;
    }

    private static string? FaultOf(ShopEvent read)
    {
        if (DatasetIds.FaultOf(read.ItemId) is { } item) return $"item_id '{read.ItemId}' {item}";
        if (read.UserId is not null && DatasetIds.FaultOf(read.UserId) is { } user) return $"user_id '{read.UserId}' {user}";
        if (read.SessionId is not null && DatasetIds.FaultOf(read.SessionId) is { } session) return $"session_id '{read.SessionId}' {session}";
        if (read.UserId is null && read.SessionId is null) return "has neither user_id nor session_id";
        if (read.Type is null || !EventTypes.IsKnown(read.Type)) return $"type '{read.Type}' is not one of {string.Join(", ", EventTypes.All)}";
        if (read.TimestampMs <= 0) return $"timestamp_ms '{read.TimestampMs}' is not above 0";
        return read.Quantity <= 0 ? $"quantity '{read.Quantity}' is not above 0" : null;
    }
}
