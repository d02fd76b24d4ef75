using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Splitrail.Dapr;

/// <summary>Reads the envelope of a delivery.</summary>
internal static class CloudEventReader
{
    /// <exception cref="JsonException">It is no JSON, no envelope, or its data is not a <typeparamref name="T"/>.</exception>
    public static CloudEvent<T> Read<T>(ReadOnlyMemory<byte> body, JsonTypeInfo<T> type)
    {
        using var document = JsonDocument.Parse(body);
        return Read(document.RootElement, type);
    }

    /// <exception cref="JsonException">It is no envelope, or its data is not a <typeparamref name="T"/>.</exception>
    public static CloudEvent<T> Read<T>(JsonElement root, JsonTypeInfo<T> type)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw new JsonException($"The message is {root.ValueKind}, expected a CloudEvent object.");
        try
        {
            return new CloudEvent<T>(
                Text(root, "id"), Text(root, "source"), Text(root, "type"), Text(root, "topic"), Text(root, "pubsubname"), Time(root), Payload(root, type))
            {
                TraceParent = Text(root, "traceparent"),
            };
        }
        catch (InvalidOperationException notText)
        {
            // Half of a surrogate pair is valid JSON and no text; a member of another type is no text either.
            throw new JsonException(notText.Message, notText);
        }
    }

    /// <summary>A member's text; null when it is missing, of another type, or (half of a surrogate pair) no text.</summary>
    public static string? TextOrNull(JsonElement element, string name)
    {
        try
        {
            return element.ValueKind == JsonValueKind.Object ? Text(element, name) : null;
        }
        catch (InvalidOperationException)
        {
            // Whoever asks says what becomes of what has no such text.
            return null;
        }
    }

    private static T Payload<T>(JsonElement root, JsonTypeInfo<T> type)
    {
        if (root.TryGetProperty("data", out var element))
        {
            // A publisher that forgot the content type had its JSON wrapped into a string.
            var value = element.ValueKind == JsonValueKind.String && type.Kind != JsonTypeInfoKind.None
                ? JsonSerializer.Deserialize(element.GetString()!, type)
                : element.Deserialize(type);
            return value ?? throw new JsonException("The CloudEvent's data is null.");
        }

        if (root.TryGetProperty("data_base64", out var base64) && base64.TryGetBytesFromBase64(out var bytes))
            return JsonSerializer.Deserialize(bytes, type) ?? throw new JsonException("The CloudEvent's data is null.");
        throw new JsonException("The CloudEvent has neither data nor data_base64.");
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static DateTimeOffset? Time(JsonElement root) =>
        root.TryGetProperty("time", out var value) && value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out var time) ? time : null;
}
