using System.Diagnostics.Metrics;

namespace Splitrail.Telemetry;

/// <summary>Upper ends of the buckets of durations, in seconds: for /metrics and for OpenTelemetry alike.</summary>
internal static class DurationBounds
{
    /// <summary>Dense around the suite's targets of 15, 30, 50, 80 and 100 ms, so that a quantile there is worth its name.</summary>
    public static readonly double[] Dense = [0.0005, 0.001, 0.002, 0.003, 0.005, 0.0075, 0.01, 0.015, 0.02, 0.03, 0.04, 0.05, 0.065, 0.08, 0.1, 0.13, 0.2, 0.3, 0.5, 1, 2.5, 10];

    /// <summary>What its own advice says; ASP.NET's for requests leaps from 10 to 25 and 50 ms, over the targets that the autoscalers read it for.</summary>
    public static IReadOnlyList<double> Of(Histogram<double> histogram) =>
        histogram.Name == "http.server.request.duration" ? Dense : histogram.Advice?.HistogramBucketBoundaries ?? Dense;
}
