using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Splitrail.Dapr;

/// <summary>One write to a state store.</summary>
public sealed class StateOperation
{
    private StateOperation(string key, Action<Utf8JsonWriter>? writeValue, string? etag, TimeSpan? timeToLive)
    {
        Key = key;
        WriteValue = writeValue;
        ETag = etag;
        TimeToLive = timeToLive;
    }

    public string Key { get; }

    public string? ETag { get; }

    public TimeSpan? TimeToLive { get; }

    /// <summary>Null for a delete.</summary>
    internal Action<Utf8JsonWriter>? WriteValue { get; }

    public static StateOperation Upsert<T>(string key, T value, JsonTypeInfo<T> type, string? etag = null, TimeSpan? timeToLive = null) =>
        new(key, writer => JsonSerializer.Serialize(writer, value, type), etag, timeToLive);

    public static StateOperation Delete(string key, string? etag = null) => new(key, null, etag, null);
}
