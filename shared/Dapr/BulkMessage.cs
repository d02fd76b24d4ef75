using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Splitrail.Dapr;

/// <summary>One delivery: an envelope of many CloudEvents, or a single one.</summary>
internal sealed class BulkMessage<T>
{
    private readonly bool _isSingle;

    private BulkMessage(IReadOnlyList<Entry> entries, bool isSingle) => (Entries, _isSingle) = (entries, isSingle);

    public IReadOnlyList<Entry> Entries { get; }

    public static BulkMessage<T> Read(ReadOnlyMemory<byte> body, JsonTypeInfo<T> type)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("entries", out var entries) && entries.ValueKind == JsonValueKind.Array)
                return new BulkMessage<T>([.. entries.EnumerateArray().Select(entry => Read(entry, type))], isSingle: false);
            return new BulkMessage<T>([Read("", root, type)], isSingle: true);
        }
        catch (JsonException broken)
        {
            return new BulkMessage<T>([new Entry("", null, broken.Message)], isSingle: true);
        }
    }

    /// <summary>What the sidecar is told.</summary>
    public ReadOnlyMemory<byte> Answer()
    {
        var output = new ArrayBufferWriter<byte>(64 * (Entries.Count + 1));
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        if (_isSingle)
        {
            json.WriteString("status", Word(Entries[0].Fate));
        }
        else
        {
            json.WriteStartArray("statuses");
            foreach (var entry in Entries)
            {
                json.WriteStartObject();
                json.WriteString("entryId", entry.Id);
                json.WriteString("status", Word(entry.Fate));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.Flush();
        return output.WrittenMemory;
    }

    private static Entry Read(JsonElement entry, JsonTypeInfo<T> type)
    {
        var id = CloudEventReader.TextOrNull(entry, "entryId") ?? "";
        return entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty("event", out var message)
            ? Read(id, message, type)
            : new Entry(id, null, "The entry has no event.");
    }

    private static Entry Read(string id, JsonElement message, JsonTypeInfo<T> type)
    {
        try
        {
            return new Entry(id, CloudEventReader.Read(message, type), null);
        }
        catch (JsonException fault)
        {
            return new Entry(id, null, fault.Message);
        }
    }

    private static string Word(Acknowledgement fate) => fate switch
    {
        Acknowledgement.Success => "SUCCESS",
        Acknowledgement.Retry => "RETRY",
        _ => "DROP",
    };

    /// <param name="id">Given by the sidecar for this delivery.</param>
    /// <param name="message">Null when it cannot be read.</param>
    /// <param name="fault">Why not.</param>
    internal sealed class Entry(string id, CloudEvent<T>? message, string? fault)
    {
        public string Id => id;

        public CloudEvent<T>? Message => message;

        public string? Fault => fault;

        /// <summary>What cannot be read would never become readable.</summary>
        public Acknowledgement Fate { get; set; } = Acknowledgement.Drop;
    }
}
