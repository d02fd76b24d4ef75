using System.Diagnostics;

namespace Splitrail.Telemetry;

/// <summary>One measurement of a bucket with the trace it belongs to: the way from a slow bucket to a request that was slow.</summary>
/// <param name="TraceId">W3C trace id.</param>
/// <param name="Value">As measured.</param>
/// <param name="At">When, Unix seconds.</param>
internal readonly record struct Exemplar(ActivityTraceId TraceId, double Value, double At);
