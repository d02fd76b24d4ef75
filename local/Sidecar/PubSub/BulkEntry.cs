using System.Text;
using System.Text.Json;
using Splitrail.Local.Sidecar.Json;

namespace Splitrail.Local.Sidecar.PubSub;

/// <summary>One entry of a bulk publish.</summary>
internal sealed record BulkEntry(ReadOnlyMemory<byte> Payload, string ContentType, IReadOnlyDictionary<string, string> Metadata)
{
    public Dictionary<string, string> Merge(IReadOnlyDictionary<string, string> request)
    {
        Dictionary<string, string> merged = new(request);
        foreach (var (name, value) in Metadata)
            merged[name] = value;
        return merged;
    }

    public static ApiError? TryRead(ReadOnlyMemory<byte> body, TopicName topic, string appId, out List<BulkEntry> entries)
    {
        entries = [];
        using var document = TryParse(body);
        if (document is null || document.RootElement.ValueKind != JsonValueKind.Array)
        {
            var fault = document is null
                ? GoJsonFault.Describe(body.Span)
                : $"json: cannot unmarshal {GoJsonFault.Kind(document.RootElement)} into Go value of type []http.bulkPublishMessageEntry";
            return ApiError.EventsNotReadable(
                topic.PubsubName, appId, $"error when unmarshaling the request for topic {topic.Topic} pubsub {topic.PubsubName}: {fault}", fault, "DAPR_PUBSUB_UNMARSHAL_EVENTS");
        }

        HashSet<string> ids = [];
        foreach (var item in document.RootElement.EnumerateArray())
        {
            if (Text(item, "entryId") is not { Length: > 0 } id || !ids.Add(id))
            {
                const string Duplicate = "entryId is duplicated or not present for entry";
                return ApiError.EventsNotReadable(
                    topic.PubsubName, appId, $"error marshaling events to bytes for topic {topic.Topic} pubsub {topic.PubsubName}. error: {Duplicate}", Duplicate, "DAPR_PUBSUB_MARSHAL_EVENTS");
            }

            var contentType = Text(item, "contentType") ?? "";
            if (!item.TryGetProperty("event", out var content) || ToBytes(content, contentType) is not { } payload)
            {
                const string Mismatch = "error: mismatch between contentType and event";
                return ApiError.EventsNotReadable(
                    topic.PubsubName, appId, $"error when marshalling cloud event envelope for topic {topic.Topic} pubsub {topic.PubsubName}: {Mismatch}", Mismatch, "DAPR_PUBSUB_MARSHAL_ENVELOPE");
            }

            entries.Add(new BulkEntry(payload, contentType, Texts(item)));
        }

        return null;
    }

    private static byte[]? ToBytes(JsonElement content, string contentType)
    {
        var media = contentType.Split(';')[0].Trim();
        if (media is "application/json" or CloudEventEnvelope.ContentType)
            return GoJson.Event.Write(content);
        if (media.Length == 0 || content.ValueKind != JsonValueKind.String)
            return null;
        return media == "application/octet-stream" && content.TryGetBytesFromBase64(out var bytes) ? bytes : Encoding.UTF8.GetBytes(content.GetString()!);
    }

    private static Dictionary<string, string> Texts(JsonElement item) => item.TryGetProperty("metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object
        ? metadata.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.String).ToDictionary(member => member.Name, member => member.Value.GetString()!)
        : [];

    private static string? Text(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    private static JsonDocument? TryParse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            // The caller describes the fault in Go's words.
            return null;
        }
    }
}
