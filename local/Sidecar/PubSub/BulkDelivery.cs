using System.Buffers;
using System.Text;
using System.Text.Json;
using Splitrail.Local.Sidecar.Json;
using Splitrail.Local.Sidecar.Resiliency;
using Splitrail.Local.Sidecar.Resources;

namespace Splitrail.Local.Sidecar.PubSub;

/// <summary>Posts several messages at once and reads a verdict for each. A retry brings only those that are not settled yet.</summary>
internal sealed class BulkDelivery(SubscriberCall call, PolicyBook policies)
{
    private const string ContentType = "application/json";

    /// <returns>How each ended, in the order of <paramref name="messages"/>.</returns>
    public async Task<DeliveryEnd[]> DeliverAsync(SubscriptionSpec subscription, IReadOnlyList<BrokerMessage> messages, CancellationToken cancellationToken)
    {
        var entries = messages.Select(message => Entry.Of(subscription, message)).ToArray();
        foreach (var group in entries.Where(static entry => entry.Route is not null).GroupBy(static entry => entry.Route!, StringComparer.Ordinal))
            await DeliverAsync(subscription, group.Key, [.. group], cancellationToken).ConfigureAwait(false);
        return [.. entries.Select(static entry => entry.Route is null ? DeliveryEnd.Dropped : entry.End ?? DeliveryEnd.Failed)];
    }

    private async Task DeliverAsync(SubscriptionSpec subscription, string route, IReadOnlyList<Entry> entries, CancellationToken cancellationToken) =>
        await policies.ForComponent("Pubsub", subscription.PubsubName, inbound: true).CallAsync(
            async (parts, token) =>
            {
                Entry[] open = [.. parts.entries.Where(static entry => entry.End is null)];
                var body = Envelope(subscription, open);
                var outcome = await call.PostAsync(
                    new SubscriberPost(subscription.PubsubName, parts.route, body, ContentType, Trace.None, ""), (status, answer) => Verdict(open, status, answer), DeliveryEnd.AppAway, token).ConfigureAwait(false);
                if (outcome.Value is DeliveryEnd end)
                    Settle(open, end);
                return outcome;
            },
            (route, entries),
            cancellationToken).ConfigureAwait(false);

    private static CallOutcome Verdict(IReadOnlyList<Entry> open, int status, byte[] answer)
    {
        if (status == 404)
            return CallOutcome.Done(DeliveryEnd.Lost);
        if (status is < 200 or >= 300)
            return new CallOutcome(status is >= 300 and < 400 ? 500 : status, null, null);
        var words = Statuses(answer);
        foreach (var entry in open)
        {
            entry.End = words.GetValueOrDefault(entry.Id) switch
            {
                "SUCCESS" => DeliveryEnd.Acknowledged,
                "DROP" => DeliveryEnd.Dropped,
                // RETRY, an unknown word, none, or an entry that the answer leaves out.
                _ => null,
            };
        }

        return open.All(static entry => entry.End is not null) ? CallOutcome.Done() : CallOutcome.Failed("Few message(s) have failed during bulk subscribe operation");
    }

    private static void Settle(IEnumerable<Entry> open, DeliveryEnd end)
    {
        foreach (var entry in open)
            entry.End = end;
    }

    /// <summary>An answer that cannot be read settles nothing.</summary>
    private static Dictionary<string, string> Statuses(byte[] answer)
    {
        Dictionary<string, string> words = new(StringComparer.Ordinal);
        try
        {
            using var document = JsonDocument.Parse(answer);
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("statuses", out var statuses) || statuses.ValueKind != JsonValueKind.Array)
                return words;
            foreach (var one in statuses.EnumerateArray())
            {
                if (one.TryGetProperty("entryId", out var id) && one.TryGetProperty("status", out var word))
                    words[id.GetString() ?? ""] = word.GetString() ?? "";
            }
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            words.Clear();
        }

        return words;
    }

    private static byte[] Envelope(SubscriptionSpec subscription, IReadOnlyList<Entry> entries)
    {
        var output = new ArrayBufferWriter<byte>(1024 * entries.Count);
        output.Write("{\"entries\":["u8);
        for (var i = 0; i < entries.Count; i++)
        {
            output.Write(i == 0 ? "{\"entryId\":"u8 : ",{\"entryId\":"u8);
            GoJson.Event.WriteText(output, entries[i].Id);
            output.Write(",\"event\":"u8);
            output.Write(entries[i].Event);
            output.Write(",\"metadata\":"u8);
            output.Write(Encoding.UTF8.GetBytes(entries[i].Metadata));
            output.Write(",\"contentType\":"u8);
            GoJson.Event.WriteText(output, entries[i].ContentType);
            output.Write("}"u8);
        }

        output.Write("],\"id\":"u8);
        GoJson.Event.WriteText(output, Guid.NewGuid().ToString());
        output.Write(",\"metadata\":{\"pubsubName\":"u8);
        GoJson.Event.WriteText(output, subscription.PubsubName);
        output.Write("},\"pubsubname\":"u8);
        GoJson.Event.WriteText(output, subscription.PubsubName);
        output.Write(",\"topic\":"u8);
        GoJson.Event.WriteText(output, subscription.Topic);
        output.Write(",\"type\":\"com.dapr.event.sent.bulk\"}"u8);
        return output.WrittenSpan.ToArray();
    }

    private sealed class Entry(string? route, byte[] @event, string contentType, string metadata)
    {
        public string Id { get; } = Guid.NewGuid().ToString();

        /// <summary>Null when no rule wants it.</summary>
        public string? Route => route;

        public byte[] Event => @event;

        public string ContentType => contentType;

        public string Metadata => metadata;

        /// <summary>Null as long as it is to be tried again.</summary>
        public DeliveryEnd? End { get; set; }

        public static Entry Of(SubscriptionSpec subscription, BrokerMessage message)
        {
            using var document = Delivery.TryParse(message.Payload);
            var route = Delivery.Route(subscription, document);
            var metadata = message.Metadata.Length == 0 ? "{}" : message.Metadata;
            if (subscription.RawPayload)
                return new Entry(route, Encoding.UTF8.GetBytes($"\"{Convert.ToBase64String(message.Payload)}\""), "application/octet-stream", metadata);
            // Bytes that are no JSON cannot stand in the envelope: they would fail there for ever.
            return new Entry(document is null ? null : route, message.Payload, CloudEventEnvelope.ContentType, metadata);
        }
    }
}
