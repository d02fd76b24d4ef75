using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Splitrail.Dapr;

/// <summary>The bodies of the state API.</summary>
internal static class StateBodies
{
    public static void WriteKeys(Utf8JsonWriter writer, IReadOnlyList<string> keys)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("keys"u8);
        foreach (var key in keys)
            writer.WriteStringValue(key);
        writer.WriteEndArray();
        writer.WriteNumber("parallelism"u8, 10);
        writer.WriteEndObject();
    }

    public static void WriteItems(Utf8JsonWriter writer, IReadOnlyList<StateOperation> items)
    {
        writer.WriteStartArray();
        foreach (var item in items)
            WriteItem(writer, item);
        writer.WriteEndArray();
    }

    public static void WriteTransaction(Utf8JsonWriter writer, IReadOnlyList<StateOperation> operations)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("operations"u8);
        foreach (var operation in operations)
        {
            writer.WriteStartObject();
            writer.WriteString("operation"u8, operation.WriteValue is null ? "delete"u8 : "upsert"u8);
            writer.WritePropertyName("request"u8);
            WriteItem(writer, operation);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    public static List<StateEntry<T>> ReadEntries<T>(ReadOnlySpan<byte> body, JsonTypeInfo<T> type)
    {
        var reader = new Utf8JsonReader(body);
        var entries = JsonElement.ParseValue(ref reader);
        List<StateEntry<T>> result = new(entries.GetArrayLength());
        foreach (var entry in entries.EnumerateArray())
        {
            result.Add(new StateEntry<T>(
                entry.GetProperty("key").GetString()!,
                entry.TryGetProperty("data", out var value) ? value.Deserialize(type) : default,
                Text(entry, "etag"),
                Text(entry, "error")));
        }

        return result;
    }

    private static string? Text(JsonElement entry, string name) => entry.TryGetProperty(name, out var text) ? text.GetString() : null;

    private static void WriteItem(Utf8JsonWriter writer, StateOperation item)
    {
        writer.WriteStartObject();
        writer.WriteString("key"u8, item.Key);
        if (item.WriteValue is { } write)
        {
            writer.WritePropertyName("value"u8);
            write(writer);
        }

        if (item.ETag is not null)
            writer.WriteString("etag"u8, item.ETag);
        if (item.WriteValue is not null)
            WriteTimeToLive(writer, item.TimeToLive);
        writer.WriteEndObject();
    }

    /// <summary>-1 is said explicitly, because on Redis a save without a TTL keeps the expiry the key had.</summary>
    private static void WriteTimeToLive(Utf8JsonWriter writer, TimeSpan? timeToLive)
    {
        var seconds = timeToLive is { } span ? Math.Max(1, (long)Math.Ceiling(span.TotalSeconds)) : -1;
        writer.WriteStartObject("metadata"u8);
        writer.WriteString("ttlInSeconds"u8, seconds.ToString(CultureInfo.InvariantCulture));
        writer.WriteEndObject();
    }
}
