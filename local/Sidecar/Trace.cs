using System.Diagnostics;
using Microsoft.Extensions.Primitives;

namespace Splitrail.Local.Sidecar;

/// <summary>The trace context of one call. With tracing off the sidecar is not a hop of the trace: it passes on what it got.</summary>
/// <param name="Parent">The <c>traceparent</c> that goes on; all zeros when there is none.</param>
/// <param name="State">The <c>tracestate</c>.</param>
internal readonly record struct Trace(string Parent, string State)
{
    public const string None = "00-00000000000000000000000000000000-0000000000000000-00";

    public bool Exists => !ReferenceEquals(Parent, None) && Parent != None;

    /// <param name="headers">Of the request.</param>
    /// <param name="isTracing">Makes the sidecar a span of its own.</param>
    public static Trace Of(IHeaderDictionary headers, bool isTracing)
    {
        StringValues parent = headers.TraceParent, state = headers.TraceState;
        var inbound = parent.Count == 1 && ActivityContext.TryParse(parent, null, out var context) && context.TraceId != default ? context : default;
        if (!isTracing)
            return new Trace(inbound == default ? None : parent.ToString(), state.ToString());
        var traceId = inbound == default ? ActivityTraceId.CreateRandom() : inbound.TraceId;
        return new Trace($"00-{traceId}-{ActivitySpanId.CreateRandom()}-01", state.ToString());
    }
}
