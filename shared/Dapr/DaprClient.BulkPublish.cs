using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Splitrail.Dapr;

public sealed partial class DaprClient
{
    /// <summary>Publishes several events in one call; on Redis their order is lost. Success means the broker has all of them; after a fault some may be there.</summary>
    public Task<DaprResult> BulkPublishEventAsync<T>(
        string pubsubName, string topicName, IReadOnlyList<T> events, JsonTypeInfo<T> type, CancellationToken cancellationToken = default) =>
        SendForStatusAsync(
            pubsubName, HttpMethod.Post, $"/v1.0-alpha1/publish/bulk/{pubsubName}/{topicName}", JsonBody.Write((events, type), WriteEntries<T>), null, cancellationToken);

    private static void WriteEntries<T>(Utf8JsonWriter writer, (IReadOnlyList<T> Events, JsonTypeInfo<T> Type) batch)
    {
        writer.WriteStartArray();
        for (var i = 0; i < batch.Events.Count; i++)
        {
            writer.WriteStartObject();
            writer.WriteString("entryId"u8, $"{i}");
            writer.WriteString("contentType"u8, "application/json"u8);
            writer.WritePropertyName("event"u8);
            JsonSerializer.Serialize(writer, batch.Events[i], batch.Type);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
