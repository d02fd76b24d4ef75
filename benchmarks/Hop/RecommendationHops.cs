using System.Globalization;
using System.Text.RegularExpressions;
using Splitrail.Benchmarks.EndToEnd;
using Splitrail.Local;

namespace Splitrail.Benchmarks.Hop;

/// <summary>How many calls a recommendation makes, counted by the gateway's own metric, and how long it takes when nothing else is asked for.</summary>
internal static partial class RecommendationHops
{
    private const int Warming = 300;
    private const int Measured = 1_000;

    /// <returns>Calls per recommendation, and the median of its latency in milliseconds.</returns>
    public static async Task<(double Hops, double P50Ms)> MeasureAsync(BenchRequest request, CancellationToken cancellationToken)
    {
        await using var suite = await MeasuredSuite.StartAsync(request, SidecarKind.Embedded, cancellationToken);
        var mix = await RequestMix.CreateAsync(suite.Gateway, request.Seed, cancellationToken);
        using var load = new LoadGenerator(suite.Gateway, mix, connections: 1);
        await load.CountedAsync(Warming, cancellationToken);
        var before = await StageCallsAsync(suite.Gateway, cancellationToken);
        var seen = await load.CountedAsync(Measured, cancellationToken);
        return ((await StageCallsAsync(suite.Gateway, cancellationToken) - before) / Measured, seen.QuantileMs(0.50));
    }

    private static async Task<double> StageCallsAsync(Uri gateway, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        var text = await http.GetStringAsync(new Uri(gateway, "/metrics"), cancellationToken);
        return StageCount().Matches(text).Sum(static match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"^splitrail_stage_duration_seconds_count\{[^}]*\} (\S+)", RegexOptions.Multiline)]
    private static partial Regex StageCount();
}
