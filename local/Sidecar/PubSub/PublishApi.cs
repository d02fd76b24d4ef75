using System.Text.Json;
using Microsoft.Data.Sqlite;
using Splitrail.Local.Sidecar.Faults;
using Splitrail.Local.Sidecar.Json;
using Splitrail.Local.Sidecar.Resiliency;

namespace Splitrail.Local.Sidecar.PubSub;

/// <summary><c>/v1.0/publish/{pubsub}/{topic}</c>: 204 is said when the event is on disk.</summary>
internal sealed class PublishApi(
    SidecarOptions options,
    IReadOnlyDictionary<string, PubSubComponent> components,
    BrokerLog broker,
    SubscriptionHost subscriptions,
    PolicyBook policies,
    FaultTable faults,
    SidecarMetrics metrics,
    TimeProvider time)
{
    public Task PublishAsync(ApiCall call) => WithTopicAsync(call, new TopicName(call.Parts[2], string.Join('/', call.Parts.Skip(3))), PublishOneAsync);

    public Task PublishBulkAsync(ApiCall call) => WithTopicAsync(call, new TopicName(call.Parts[3], string.Join('/', call.Parts.Skip(4))), PublishManyAsync);

    private async Task WithTopicAsync(ApiCall call, TopicName topic, Func<ApiCall, TopicName, Task<ApiError?>> publish)
    {
        var error = !components.TryGetValue(topic.PubsubName, out var component) ? ApiError.PubSubNotFound(topic.PubsubName)
            : !component.MayPublish(options.AppId, topic.Topic) ? ApiError.TopicForbidden(topic.PubsubName, topic.Topic, options.AppId)
            : call.BodyTooLarge ? ApiError.PublishFailed(topic.PubsubName, topic.Topic, "stream too large")
            : await publish(call, topic).ConfigureAwait(false);
        metrics.CountPublished(topic.PubsubName, topic.Topic, error is null);
        if (error is null)
            call.Response.StatusCode = 204;
        else
            await error.WriteAsync(call.Response).ConfigureAwait(false);
    }

    private async Task<ApiError?> PublishOneAsync(ApiCall call, TopicName topic)
    {
        var metadata = Metadata(call);
        var fault = await AppendAsync(topic, call.Body, call.Request.ContentType, metadata, call).ConfigureAwait(false);
        return fault is null ? null : ApiError.PublishFailed(topic.PubsubName, topic.Topic, fault);
    }

    private async Task<ApiError?> PublishManyAsync(ApiCall call, TopicName topic)
    {
        if (BulkEntry.TryRead(call.Body, topic, options.AppId, out var entries) is { } refused)
            return refused;
        var metadata = Metadata(call);
        var faults = await Task.WhenAll(entries.Select(entry => AppendAsync(topic, entry.Payload, entry.ContentType, entry.Merge(metadata), call))).ConfigureAwait(false);
        return faults.FirstOrDefault(fault => fault is not null) is { } first ? ApiError.PublishFailed(topic.PubsubName, topic.Topic, first) : null;
    }

    /// <returns>Null, or what went wrong.</returns>
    private async Task<string?> AppendAsync(
        TopicName topic, ReadOnlyMemory<byte> body, string? contentType, Dictionary<string, string> metadata, ApiCall call)
    {
        var isRaw = metadata.GetValueOrDefault("rawPayload") == "true";
        var origin = new EventOrigin(Guid.NewGuid().ToString(), options.AppId, topic.PubsubName, topic.Topic, time.GetUtcNow(), call.Trace);
        var payload = isRaw ? body.ToArray() : CloudEventEnvelope.Wrap(body, contentType, origin, metadata);
        TimeSpan? timeToLive = int.TryParse(metadata.GetValueOrDefault("ttlInSeconds"), out var seconds) && seconds > 0 ? TimeSpan.FromSeconds(seconds) : null;
        var headers = JsonSerializer.Serialize(metadata, SidecarJson.Default.DictionaryStringString);
        var outcome = await policies.ForComponent("Pubsub", topic.PubsubName, inbound: false).CallAsync(
            async (_, token) =>
            {
                if (await faults.ActAsync(topic.PubsubName, topic.Topic, null, token).ConfigureAwait(false) is { } injected)
                    return injected;
                try
                {
                    await broker.PublishAsync(topic, payload, headers, timeToLive).ConfigureAwait(false);
                    return CallOutcome.Done();
                }
                catch (SqliteException fault)
                {
                    return CallOutcome.Failed(fault.Message);
                }
            },
            0,
            call.Aborted).ConfigureAwait(false);
        if (outcome.Error is null)
            subscriptions.Notice(topic);
        return outcome.Error;
    }

    private static Dictionary<string, string> Metadata(ApiCall call) => call.Request.Query
        .Where(pair => pair.Key.StartsWith("metadata.", StringComparison.Ordinal))
        .ToDictionary(pair => pair.Key["metadata.".Length..], pair => pair.Value.ToString());
}
