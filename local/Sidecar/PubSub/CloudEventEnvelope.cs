using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Splitrail.Local.Sidecar.Json;

namespace Splitrail.Local.Sidecar.PubSub;

/// <summary>Wraps what was published into a CloudEvent as daprd does.</summary>
internal static class CloudEventEnvelope
{
    public const string ContentType = "application/cloudevents+json";

    /// <param name="body">What was posted.</param>
    /// <param name="contentType">Its content type as it was sent; null when there was none.</param>
    /// <param name="origin">Where it comes from and goes to.</param>
    /// <param name="metadata">Of the query: <c>cloudevent.*</c> overrides members, <c>ttlInSeconds</c> sets the expiration.</param>
    public static byte[] Wrap(ReadOnlyMemory<byte> body, string? contentType, EventOrigin origin, IReadOnlyDictionary<string, string> metadata)
    {
        var type = string.IsNullOrEmpty(contentType) ? "text/plain" : contentType;
        var media = type.Split(';')[0].Trim();
        SortedDictionary<string, byte[]> members = new(StringComparer.Ordinal);
        if (media == ContentType && TryReadObject(body, members))
        {
            // Only what a CloudEvent must have is filled in; everything else of it is the publisher's.
            members.TryAdd("source", Text("Dapr"));
            members.TryAdd("type", Text("com.dapr.event.sent"));
            members.TryAdd("time", Text(Time(origin.Time)));
            members.TryAdd("specversion", Text("1.0"));
        }
        else
        {
            members["id"] = Text(origin.EventId);
            members["source"] = Text(origin.AppId);
            members["type"] = Text("com.dapr.event.sent");
            members["time"] = Text(Time(origin.Time));
            members["specversion"] = Text("1.0");
            members["datacontenttype"] = Text(type);
            members[media == "application/octet-stream" ? "data_base64" : "data"] = Payload(body, media);
        }

        members["topic"] = Text(origin.Topic);
        members["pubsubname"] = Text(origin.PubsubName);
        var parent = Text(origin.Trace.Exists ? origin.Trace.Parent : "");
        members.TryAdd("traceid", parent);
        members.TryAdd("traceparent", parent);
        members.TryAdd("tracestate", Text(origin.Trace.State));
        Override(members, origin, metadata);
        return Write(members);
    }

    /// <summary>The envelope a raw subscriber gets around bare bytes.</summary>
    public static byte[] WrapRaw(ReadOnlySpan<byte> payload, string eventId, string pubsub, string topic) => Write(new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
    {
        ["data_base64"] = Text(Convert.ToBase64String(payload)),
        ["datacontenttype"] = Text("application/octet-stream"),
        ["id"] = Text(eventId),
        ["pubsubname"] = Text(pubsub),
        ["source"] = Text("Dapr"),
        ["specversion"] = Text("1.0"),
        ["topic"] = Text(topic),
        ["type"] = Text("com.dapr.event.sent"),
    });

    private static byte[] Payload(ReadOnlyMemory<byte> body, string media)
    {
        if (media == "application/octet-stream")
            return Text(Convert.ToBase64String(body.Span));
        if (media == "application/json" && body.Length > 0)
        {
            try
            {
                using var document = JsonDocument.Parse(body);
                return GoJson.Event.Write(document.RootElement);
            }
            catch (JsonException)
            {
                // daprd accepts it all the same and delivers the text.
            }
        }

        return Text(Encoding.UTF8.GetString(body.Span));
    }

    private static bool TryReadObject(ReadOnlyMemory<byte> body, SortedDictionary<string, byte[]> members)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return false;
            foreach (var member in document.RootElement.EnumerateObject())
                members[member.Name] = GoJson.Event.Write(member.Value);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static void Override(SortedDictionary<string, byte[]> members, EventOrigin origin, IReadOnlyDictionary<string, string> metadata)
    {
        foreach (var (name, value) in metadata)
        {
            if (name.StartsWith("cloudevent.", StringComparison.Ordinal))
                members[name["cloudevent.".Length..]] = Text(value);
            else if (name == "ttlInSeconds" && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
                members["expiration"] = Text(Time(origin.Time.AddSeconds(seconds)));
        }
    }

    private static byte[] Write(SortedDictionary<string, byte[]> members)
    {
        var output = new ArrayBufferWriter<byte>(512);
        output.Write("{"u8);
        var first = true;
        foreach (var (name, value) in members)
        {
            if (!first)
                output.Write(","u8);
            first = false;
            GoJson.Event.WriteText(output, name);
            output.Write(":"u8);
            output.Write(value);
        }

        output.Write("}"u8);
        return output.WrittenSpan.ToArray();
    }

    private static byte[] Text(string text)
    {
        var output = new ArrayBufferWriter<byte>(text.Length + 2);
        GoJson.Event.WriteText(output, text);
        return output.WrittenSpan.ToArray();
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
