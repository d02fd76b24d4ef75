using System.Text.Json;
using Splitrail.Local.Sidecar.Resiliency;
using Splitrail.Local.Sidecar.Resources;

namespace Splitrail.Local.Sidecar.PubSub;

/// <summary>What became of one delivery.</summary>
internal enum DeliveryEnd
{
    Acknowledged,
    Dropped,

    /// <summary>404: the app does not know the route; the message is gone, dead letters or not.</summary>
    Lost,
    Failed,

    /// <summary>The app does not listen; nothing was delivered.</summary>
    AppAway,
}

/// <summary>Posts a message to the app and reads its verdict.</summary>
internal sealed class Delivery(SubscriberCall call, PolicyBook policies)
{
    public async Task<DeliveryEnd> DeliverAsync(SubscriptionSpec subscription, BrokerMessage message, CancellationToken cancellationToken)
    {
        using var document = TryParse(message.Payload);
        var route = Route(subscription, document);
        if (route is null)
            return DeliveryEnd.Dropped;
        var body = subscription.RawPayload
            ? CloudEventEnvelope.WrapRaw(message.Payload, Guid.NewGuid().ToString(), subscription.PubsubName, subscription.Topic)
            : message.Payload;
        var outcome = await policies.ForComponent("Pubsub", subscription.PubsubName, inbound: true).CallAsync(
            (post, token) => call.PostAsync(post, Verdict, DeliveryEnd.AppAway, token),
            new SubscriberPost(subscription.PubsubName, route, body, CloudEventEnvelope.ContentType, Parent(document), message.Metadata),
            cancellationToken).ConfigureAwait(false);
        return outcome.IsSuccess ? (DeliveryEnd)outcome.Value! : DeliveryEnd.Failed;
    }

    internal static string? Route(SubscriptionSpec subscription, JsonDocument? document)
    {
        if (document is not null && document.RootElement.ValueKind == JsonValueKind.Object)
        {
            foreach (var rule in subscription.Rules)
            {
                if (rule.Matches(document.RootElement))
                    return rule.Path;
            }
        }

        return subscription.DefaultRoute;
    }

    /// <summary>2xx is an acknowledgement unless the body says otherwise; an unknown word asks for a retry.</summary>
    private static CallOutcome Verdict(int status, byte[] answer)
    {
        if (status == 404)
            return CallOutcome.Done(DeliveryEnd.Lost);
        if (status is < 200 or >= 300)
            return new CallOutcome(status is >= 300 and < 400 ? 500 : status, null, null);
        return Word(answer) switch
        {
            null or "" or "SUCCESS" => CallOutcome.Done(DeliveryEnd.Acknowledged),
            "DROP" => CallOutcome.Done(DeliveryEnd.Dropped),
            var word => CallOutcome.Failed($"the app answered {word}"),
        };
    }

    private static string? Word(byte[] answer)
    {
        using var document = TryParse(answer);
        return document is not null && document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty("status", out var status) && status.ValueKind == JsonValueKind.String ? status.GetString() : null;
    }

    private static string Parent(JsonDocument? document) =>
        document is not null && document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("traceparent", out var parent)
        && parent.ValueKind == JsonValueKind.String && parent.GetString() is { Length: > 0 } text ? text : Trace.None;

    internal static JsonDocument? TryParse(byte[] bytes)
    {
        try
        {
            return bytes.Length == 0 ? null : JsonDocument.Parse(bytes);
        }
        catch (JsonException)
        {
            // Raw payloads and plain answers are no JSON; both are allowed.
            return null;
        }
    }
}
