using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Splitrail.Dapr;

/// <summary>The receiving side of publish/subscribe. Which topic comes to which route is declared in the subscription's YAML.</summary>
public static partial class Subscriptions
{
    /// <summary>
    /// Maps the route a declarative subscription points to. A message that cannot be read is dropped (it would never become readable), an exception of the
    /// handler asks for redelivery; both are logged and counted. The handler must finish within the component's <c>processingTimeout</c>, else the
    /// same message arrives a second time at once.
    /// </summary>
    public static IEndpointConventionBuilder MapSubscription<T>(
        this IEndpointRouteBuilder endpoints,
        string route,
        JsonTypeInfo<T> type,
        Func<CloudEvent<T>, CancellationToken, Task<Acknowledgement>> handler)
    {
        var metrics = endpoints.ServiceProvider.GetRequiredService<DaprMetrics>();
        var logger = endpoints.ServiceProvider.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Subscriptions).FullName!);
        var token = endpoints.ServiceProvider.GetRequiredService<IOptions<DaprOptions>>().Value.AppApiToken;
        RequestDelegate deliver = async context =>
        {
            if (!IsTheSidecar(context.Request, token))
            {
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return;
            }

            var message = await ReadAsync(context, type, route, metrics, logger).ConfigureAwait(false);
            var fate = message is null ? Acknowledgement.Drop : await HandleAsync(context, message, handler, route, metrics, logger).ConfigureAwait(false);
            await AnswerAsync(context.Response, fate).ConfigureAwait(false);
        };
        return endpoints.MapPost(route, deliver).ExcludeFromDescription();
    }

    private static async Task<CloudEvent<T>?> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type, string route, DaprMetrics metrics, ILogger logger)
    {
        using var body = new PooledBuffer((int)Math.Clamp(context.Request.ContentLength ?? 4096, 256, 1 << 20) + 1);
        await body.ReadAsync(context.Request.Body, context.RequestAborted).ConfigureAwait(false);
        try
        {
            return CloudEventReader.Read(body.Memory, type);
        }
        catch (JsonException fault)
        {
            metrics.CountMessage(route, "unreadable");
            LogUnreadable(logger, route, fault.Message);
            return null;
        }
    }

    private static async Task<Acknowledgement> HandleAsync<T>(
        HttpContext context,
        CloudEvent<T> message,
        Func<CloudEvent<T>, CancellationToken, Task<Acknowledgement>> handler,
        string route,
        DaprMetrics metrics,
        ILogger logger)
    {
        try
        {
            var fate = await handler(message, context.RequestAborted).ConfigureAwait(false);
            metrics.CountMessage(route, Word(fate));
            return fate;
        }
#pragma warning disable CA1031 // The border of the process: whatever the handler threw, the broker must hear RETRY.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            metrics.CountMessage(route, "failed");
            LogFailed(logger, fault, route, message.Id);
            return Acknowledgement.Retry;
        }
    }

    private static Task AnswerAsync(HttpResponse response, Acknowledgement fate)
    {
        response.ContentType = "application/json";
        return response.Body.WriteAsync(fate switch
        {
            Acknowledgement.Success => Answers.Success,
            Acknowledgement.Retry => Answers.Retry,
            _ => Answers.Drop,
        }).AsTask();
    }

    internal static string Word(Acknowledgement fate) => fate switch
    {
        Acknowledgement.Success => "success",
        Acknowledgement.Retry => "retry",
        _ => "drop",
    };

    internal static bool IsTheSidecar(HttpRequest request, string? token) => token is null
        || CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(request.Headers["dapr-api-token"].ToString()), Encoding.UTF8.GetBytes(token));

    [LoggerMessage(3101, LogLevel.Warning, "A message for {Route} cannot be read and is dropped: {Fault}")]
    internal static partial void LogUnreadable(ILogger logger, string route, string fault);

    [LoggerMessage(3102, LogLevel.Error, "The handler of {Route} failed on message {MessageId}; it will be delivered again")]
    internal static partial void LogFailed(ILogger logger, Exception fault, string route, string? messageId);

    private static class Answers
    {
        public static readonly ReadOnlyMemory<byte> Success = """{"status":"SUCCESS"}"""u8.ToArray();
        public static readonly ReadOnlyMemory<byte> Retry = """{"status":"RETRY"}"""u8.ToArray();
        public static readonly ReadOnlyMemory<byte> Drop = """{"status":"DROP"}"""u8.ToArray();
    }
}
