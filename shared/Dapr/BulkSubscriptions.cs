using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Splitrail.Dapr;

/// <summary>The receiving side of a subscription with <c>bulkSubscribe</c>: many messages in one call, a verdict for each.</summary>
public static class BulkSubscriptions
{
    /// <summary>
    /// Maps the route of a subscription; it takes single deliveries too, so that the YAML alone decides. What cannot be read is dropped, an exception of the handler
    /// asks for all of it again. DROP must follow from the message alone and be said at its first delivery: daprd 1.16 picks the dead letter by position, and in a retried
    /// part of a batch that is another message's (read in its source).
    /// </summary>
    /// <param name="endpoints">Where to map.</param>
    /// <param name="route">The route of the subscription's YAML.</param>
    /// <param name="type">How <typeparamref name="T"/> is read.</param>
    /// <param name="handler">Gets the readable messages of one delivery, at least one, and answers with one verdict for each, in their order.</param>
    /// <param name="unreadable">Is told how many of a delivery could not be read; null when only the metric counts them.</param>
    public static IEndpointConventionBuilder MapBulkSubscription<T>(
        this IEndpointRouteBuilder endpoints,
        string route,
        JsonTypeInfo<T> type,
        Func<IReadOnlyList<CloudEvent<T>>, CancellationToken, Task<IReadOnlyList<Acknowledgement>>> handler,
        Func<int, CancellationToken, Task>? unreadable = null)
    {
        var metrics = endpoints.ServiceProvider.GetRequiredService<DaprMetrics>();
        var logger = endpoints.ServiceProvider.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(BulkSubscriptions).FullName!);
        var token = endpoints.ServiceProvider.GetRequiredService<IOptions<DaprOptions>>().Value.AppApiToken;
        RequestDelegate deliver = async context =>
        {
            if (!Subscriptions.IsTheSidecar(context.Request, token))
            {
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return;
            }

            using var body = new PooledBuffer((int)Math.Clamp(context.Request.ContentLength ?? 65_536, 256, 4 << 20) + 1);
            await body.ReadAsync(context.Request.Body, context.RequestAborted).ConfigureAwait(false);
            var delivery = Read(body.Memory, type, route, metrics, logger);
            if (unreadable is not null && delivery.Entries.Count(static entry => entry.Message is null) is > 0 and var bad)
                await unreadable(bad, context.RequestAborted).ConfigureAwait(false);
            await HandleAsync(delivery, handler, route, metrics, logger, context.RequestAborted).ConfigureAwait(false);
            context.Response.ContentType = "application/json";
            await context.Response.BodyWriter.WriteAsync(delivery.Answer(), context.RequestAborted).ConfigureAwait(false);
        };
        return endpoints.MapPost(route, deliver).ExcludeFromDescription();
    }

    private static BulkMessage<T> Read<T>(ReadOnlyMemory<byte> body, JsonTypeInfo<T> type, string route, DaprMetrics metrics, ILogger logger)
    {
        var delivery = BulkMessage<T>.Read(body, type);
        foreach (var entry in delivery.Entries.Where(static entry => entry.Fault is not null))
        {
            metrics.CountMessage(route, "unreadable");
            Subscriptions.LogUnreadable(logger, route, entry.Fault!);
        }

        return delivery;
    }

    private static async Task HandleAsync<T>(
        BulkMessage<T> delivery,
        Func<IReadOnlyList<CloudEvent<T>>, CancellationToken, Task<IReadOnlyList<Acknowledgement>>> handler,
        string route,
        DaprMetrics metrics,
        ILogger logger,
        CancellationToken cancellationToken)
    {
        var readable = delivery.Entries.Where(static entry => entry.Message is not null).ToArray();
        if (readable.Length == 0)
            return;
        using var spans = DeliverySpans.Start(route, readable.Select(static entry => entry.Message!.TraceParent));
        try
        {
            var fates = await handler([.. readable.Select(static entry => entry.Message!)], cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < readable.Length; i++)
            {
                readable[i].Fate = fates[i];
                metrics.CountMessage(route, Subscriptions.Word(fates[i]));
            }
        }
#pragma warning disable CA1031 // The border of the process: whatever the handler threw, the broker must hear RETRY.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            foreach (var entry in readable)
            {
                entry.Fate = Acknowledgement.Retry;
                metrics.CountMessage(route, "failed");
            }

            Subscriptions.LogFailed(logger, fault, route, readable[0].Message!.Id);
        }
    }
}
