using System.Buffers;
using System.Text;
using Splitrail.Local.Sidecar.Json;

namespace Splitrail.Local.Sidecar;

/// <summary>An answer in daprd's error shape.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">The <c>errorCode</c>.</param>
/// <param name="Message">The <c>message</c>.</param>
/// <param name="Details">The <c>details</c> as JSON; null where daprd has none.</param>
internal sealed record ApiError(int Status, string Code, string Message, string? Details = null)
{
    public const string NoAppId = "failed getting app id either from the URL path or the header dapr-app-id";

    public static ApiError UnknownRoute { get; } = new(404, "ERR_DIRECT_INVOKE", NoAppId);

    public static ApiError Malformed(string message) => new(400, "ERR_MALFORMED_REQUEST", message);

    public static ApiError StoreNotConfigured(string store, string appId) => new(
        500, "ERR_STATE_STORE_NOT_CONFIGURED", $"state store {store} is not configured", Info("DAPR_STATE_NOT_CONFIGURED", $$"""{"appID":{{Text(appId)}}}"""));

    public static ApiError StoreNotFound(string store, string appId) => new(
        400, "ERR_STATE_STORE_NOT_FOUND", $"state store {store} is not found", Info("DAPR_STATE_NOT_FOUND", $$"""{"appID":{{Text(appId)}}}"""));

    public static ApiError PubSubNotFound(string pubsub) => new(
        404, "ERR_PUBSUB_NOT_FOUND", $"pubsub {pubsub} is not found", Info("DAPR_PUBSUB_NOT_FOUND", "{}"));

    public static ApiError TopicForbidden(string pubsub, string topic, string appId)
    {
        var message = $"topic {topic} is not allowed for app id {appId}";
        return new(403, "ERR_PUBSUB_FORBIDDEN", message, "[" + Resource(message, pubsub, "pubsub") + ","
            + InfoItem("DAPR_PUBSUB_FORBIDDEN", $$"""{"error":{{Text(message)}},"topic":{{Text(topic)}}}""") + "]");
    }

    public static ApiError PublishFailed(string pubsub, string topic, string fault)
    {
        var message = $"error when publishing to topic {topic} in pubsub {pubsub}: {fault}";
        return new(500, "ERR_PUBSUB_PUBLISH_MESSAGE", message, "[" + Resource(message, pubsub, "pubsub") + ","
            + InfoItem("DAPR_PUBSUB_PUBLISH_MESSAGE", $$"""{"error":{{Text(fault)}},"topic":{{Text(topic)}}}""") + "]");
    }

    public static ApiError EventsNotReadable(string pubsub, string appId, string message, string fault, string reason) => new(
        400, "ERR_PUBSUB_EVENTS_SER", message, "[" + Resource(message, pubsub, "pubsub") + ","
        + InfoItem(reason, $$"""{"appID":{{Text(appId)}},"error":{{Text(fault)}}}""") + "]");

    public static ApiError IllegalKey(string key, string store, bool inTransaction)
    {
        var message = $"api error: code = InvalidArgument desc = input key/keyPrefix '{key}' can't contain '||'";
        var field = inTransaction ? "" : $"\"field\":{Text(key)},";
        return new(400, "ERR_MALFORMED_REQUEST", message,
            $$"""[{"@type":"type.googleapis.com/google.rpc.BadRequest","field_violations":[{{{field}}"description":{{Text(message)}}}]},"""
            + Resource("", store, "state") + "," + InfoItem("DAPR_STATE_ILLEGAL_KEY", "null") + "]");
    }

    public static ApiError Invoke(string id, string fault) => new(500, "ERR_DIRECT_INVOKE", $"failed to invoke, id: {id}, err: {fault}");

    public Task WriteAsync(HttpResponse response)
    {
        var output = new ArrayBufferWriter<byte>(256);
        Put(output, $$"""{"errorCode":"{{Code}}","message":{{Text(Message)}}""");
        if (Details is not null)
            Put(output, ",\"details\":" + Details);
        Put(output, "}");
        response.StatusCode = Status;
        response.ContentType = "application/json";
        response.ContentLength = output.WrittenCount;
        return response.Body.WriteAsync(output.WrittenMemory).AsTask();
    }

    public static string Resource(string description, string name, string type) =>
        $$"""{"@type":"type.googleapis.com/google.rpc.ResourceInfo","description":{{Text(description)}},"owner":"","resource_name":{{Text(name)}},"resource_type":"{{type}}"}""";

    public static string Text(string text)
    {
        var output = new ArrayBufferWriter<byte>();
        // Error messages of daprd keep <, > and & as they are.
        GoJson.RedisState.WriteText(output, text);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static string Info(string reason, string metadata) => "[" + InfoItem(reason, metadata) + "]";

    private static string InfoItem(string reason, string metadata) =>
        $$"""{"@type":"type.googleapis.com/google.rpc.ErrorInfo","domain":"dapr.io","metadata":{{metadata}},"reason":"{{reason}}"}""";

    private static void Put(ArrayBufferWriter<byte> output, string text) => Encoding.UTF8.GetBytes(text, output);
}
