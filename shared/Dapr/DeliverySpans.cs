using System.Diagnostics;

namespace Splitrail.Dapr;

/// <summary>
/// A span for each message of a delivery, in the trace of whoever published it. A delivery in bulk has messages of many traces and belongs itself to none of them: it is linked. Costs nothing while
/// nobody collects traces.
/// </summary>
internal sealed class DeliverySpans : IDisposable
{
    public const string SourceName = "Splitrail.Dapr";
    private static readonly ActivitySource s_source = new(SourceName);
    private readonly Activity?[] _spans;

    private DeliverySpans(Activity?[] spans) => _spans = spans;

    /// <param name="route">Of the subscription.</param>
    /// <param name="parents">The messages' <c>traceparent</c>; null or empty for those without.</param>
    public static DeliverySpans Start(string route, IEnumerable<string?> parents)
    {
        if (!s_source.HasListeners())
            return new DeliverySpans([]);
        var delivery = Activity.Current;
        try
        {
            return new DeliverySpans([.. parents.Select(parent => Start(route, parent, delivery))]);
        }
        finally
        {
            // What the handler does is one piece of work for all of them.
            Activity.Current = delivery;
        }
    }

    public void Dispose()
    {
        var delivery = Activity.Current;
        foreach (var span in _spans)
            span?.Stop();
        Activity.Current = delivery;
    }

    private static Activity? Start(string route, string? parent, Activity? delivery)
    {
        // Without tracing daprd sends a trace id of zeros.
        if (!ActivityContext.TryParse(parent, null, isRemote: true, out var context) || context.TraceId == default)
            return null;
        return s_source.StartActivity($"process {route}", ActivityKind.Consumer, context, links: delivery is null ? null : [new ActivityLink(delivery.Context)]);
    }
}
