using System.Buffers;
using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Splitrail.Local.Sidecar.PubSub;
using Splitrail.Local.Sidecar.Resources;

namespace Splitrail.Local.Sidecar;

/// <summary><c>/v1.0/metadata</c></summary>
internal sealed class MetadataApi(SidecarOptions options, ResourceFolder resources, SubscriptionHost subscriptions)
{
    private static readonly string Version =
        "embedded-" + (typeof(MetadataApi).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0");

    private readonly ConcurrentDictionary<string, string> _extended = new();

    public Task SetAsync(ApiCall call)
    {
        _extended[call.Parts[2]] = Encoding.UTF8.GetString(call.Body.Span);
        call.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    public async Task GetAsync(ApiCall call)
    {
        var output = new ArrayBufferWriter<byte>();
        await using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartObject();
            writer.WriteString("id", options.AppId);
            writer.WriteString("runtimeVersion", Version);
            WriteComponents(writer);
            WriteExtended(writer);
            WriteSubscriptions(writer);
            WriteApp(writer);
            writer.WriteEndObject();
        }

        call.Response.ContentType = "application/json";
        call.Response.ContentLength = output.WrittenCount;
        await call.Response.Body.WriteAsync(output.WrittenMemory).ConfigureAwait(false);
    }

    private void WriteComponents(Utf8JsonWriter writer)
    {
        if (resources.Components.Count == 0)
            return;
        writer.WriteStartArray("components");
        foreach (var component in resources.Components)
        {
            writer.WriteStartObject();
            writer.WriteString("name", component.Name);
            writer.WriteString("type", component.Type);
            writer.WriteString("version", component.Version);
            if (component.Type.StartsWith("state.", StringComparison.Ordinal))
            {
                writer.WriteStartArray("capabilities");
                foreach (var capability in new[] { "ETAG", "TRANSACTIONAL", "TTL" })
                    writer.WriteStringValue(capability);
                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private void WriteExtended(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("extended");
        writer.WriteString("daprRuntimeVersion", Version);
        foreach (var (name, value) in _extended.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            writer.WriteString(name, value);
        writer.WriteEndObject();
    }

    private void WriteSubscriptions(Utf8JsonWriter writer)
    {
        if (subscriptions.Active.Count == 0)
            return;
        writer.WriteStartArray("subscriptions");
        foreach (var subscription in subscriptions.Active)
        {
            writer.WriteStartObject();
            writer.WriteString("pubsubname", subscription.PubsubName);
            writer.WriteString("topic", subscription.Topic);
            writer.WriteStartArray("rules");
            foreach (var rule in subscription.Rules)
                WriteRule(writer, rule.Match, rule.Path);
            if (subscription.DefaultRoute is { } route)
                WriteRule(writer, null, route);
            writer.WriteEndArray();
            writer.WriteString("deadLetterTopic", subscription.DeadLetterTopic ?? "");
            writer.WriteString("type", subscription.Declared ? "DECLARATIVE" : "PROGRAMMATIC");
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteRule(Utf8JsonWriter writer, string? match, string path)
    {
        writer.WriteStartObject();
        if (match is not null)
            writer.WriteString("match", match);
        writer.WriteString("path", path);
        writer.WriteEndObject();
    }

    private void WriteApp(Utf8JsonWriter writer)
    {
        if (options.AppPort == 0)
            return;
        writer.WriteStartObject("appConnectionProperties");
        writer.WriteNumber("port", options.AppPort);
        writer.WriteString("protocol", "http");
        writer.WriteString("channelAddress", "127.0.0.1");
        writer.WriteEndObject();
    }
}
