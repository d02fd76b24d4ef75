using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Splitrail.Telemetry;

/// <summary>What a scraper can be given.</summary>
public enum ExpositionFormat
{
    /// <summary>Prometheus text 0.0.4.</summary>
    Text,

    /// <summary>OpenMetrics 1.0.0: the same samples, and an exemplar with a trace id beside buckets of durations.</summary>
    OpenMetrics,
}

/// <summary>Which format a scraper asks for, and its media type.</summary>
public static class ExpositionFormats
{
    private const string OpenMetrics = "application/openmetrics-text";

    public static string ContentType(this ExpositionFormat format) =>
        format == ExpositionFormat.OpenMetrics ? $"{OpenMetrics}; version=1.0.0; charset=utf-8" : "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>OpenMetrics when it is named and not liked less than plain text; a wildcard alone gets plain text, which people can read as well.</summary>
    public static ExpositionFormat AskedFor(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted))
            return ExpositionFormat.Text;
        var wanted = Quality(accepted, OpenMetrics);
        return wanted > 0 && wanted >= Quality(accepted, "text/plain") ? ExpositionFormat.OpenMetrics : ExpositionFormat.Text;
    }

    private static double Quality(IList<MediaTypeHeaderValue> accepted, string type) =>
        accepted.Where(one => one.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase)).Select(static one => one.Quality ?? 1).DefaultIfEmpty(0).Max();
}
