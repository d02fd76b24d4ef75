using System.Globalization;
using System.Text.Json;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.Local.Observation;
using Splitrail.Tests.Suite.Shop;
using Xunit;

namespace Splitrail.Tests.Suite.Monitoring;

/// <summary>A real Prometheus reads the running suite under load.</summary>
[Collection(RunningShopCollection.Name)]
public sealed class PrometheusTests(RunningShop shop)
{
    /// <summary>Upper ends of the buckets of a duration, in seconds: shared/Telemetry has them.</summary>
    private static readonly double[] s_buckets = [0.0005, 0.001, 0.002, 0.003, 0.005, 0.0075, 0.01, 0.015, 0.02, 0.03, 0.04, 0.05, 0.065, 0.08, 0.1, 0.13, 0.2, 0.3, 0.5, 1, 2.5, 10];

    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(4);

    [PrometheusFact]
    public async Task The_p99_that_scales_the_gateway_is_in_the_bucket_of_what_the_callers_measured_and_dashboards_have_data()
    {
        var folder = Directory.CreateTempSubdirectory("splitrail-prometheus-").FullName;
        await using var prometheus = await PrometheusServer.StartAsync(
            PrometheusFactAttribute.Find()!, shop.Suite.Layout, Expressions.Rules, folder, TimeSpan.FromSeconds(1), static _ => { });
        using var http = new HttpClient { BaseAddress = prometheus.Address };
        using var over = new CancellationTokenSource();
        var load = new SteadyLoad(shop.Client);
        var running = load.RunAsync(over.Token);

        // Both look back over a minute, of which the edges differ: they meet, or the query is wrong.
        await Eventually.ReachesAsync(
            async () => (Prometheus: BucketOf(await NumberAsync(http, $"http_request_latency_p99{{app=\"{AppIds.Gateway}\"}}")), Callers: BucketOf(load.Quantile(0.99, s_window))),
            static seen => seen.Prometheus is not null && seen.Prometheus == seen.Callers, "both are in one bucket", s_patience);

        var published = await PublishedMetrics.ScrapeAsync(shop.Suite.Layout);
        var silent = new List<string>();
        foreach (var (where, text) in Expressions.OfDashboards())
        {
            if (Expressions.MetricsOf(text).Any(metric => PublishedMetrics.IsElsewhere(metric) || s_ofTrouble.Contains(metric)))
                continue;
            if (await NumberAsync(http, text) is null)
                silent.Add($"{where}: {text}");
        }

        silent.ShouldBeEmpty();
        await Eventually.ReachesAsync(() => ExemplarsAsync(http), static traces => traces.Length > 0, "a slow bucket leads to a trace", s_patience);
        await over.CancelAsync();
        await running;
    }

    /// <summary>Counts of what does not happen in a shop that is well, and their rules: without data here.</summary>
    private static readonly HashSet<string> s_ofTrouble =
    [
        "splitrail_recommendation_fallback_total", "splitrail_experiment_refused_total", "splitrail_experiment_decisions_total", "splitrail_experiment_evaluations_total",
        "splitrail_exposures_dropped_total", "splitrail_sql_away_total", "splitrail_ranking_fallbacks_total", "splitrail_candidate_fallbacks_total", "splitrail_dapr_client_faults_total",
        "splitrail_ranking_score_drift", "splitrail_ranking_feature_drift", "splitrail_ranking_shadow_rank_correlation_sum", "rate_limit_hits_total", "rate_limit_abuse_detected_total",
        "splitrail_experiment_sample_ratio_mismatch", "splitrail_stage_gathered_bucket", "splitrail_experiment_evaluation_lag_seconds", "db_connection_pool_size",
        "splitrail_impressions_dropped_total", "cache_invalidations_total", "cache_operation_latency_seconds_bucket", "splitrail_experiment_metric_value", "splitrail_experiment_metric_lift",
        "splitrail_served_calibration_error", "splitrail_served_promised", "splitrail_served_observed",
    ];

    private static async Task<double?> NumberAsync(HttpClient http, string query)
    {
        using var answer = JsonDocument.Parse(await http.GetStringAsync($"/api/v1/query?query={Uri.EscapeDataString(query)}"));
        var results = answer.RootElement.GetProperty("data").GetProperty("result");
        // NaN is what a quantile of nothing gives.
        return results.EnumerateArray().Select(static series => series.GetProperty("value")[1].GetString()!).Where(static text => text is not ("NaN" or "+Inf" or "-Inf"))
            .Select(static text => (double?)double.Parse(text, CultureInfo.InvariantCulture)).FirstOrDefault();
    }

    /// <summary>Trace ids beside the buckets of the gateway's own durations: Prometheus asked for OpenMetrics, and kept them.</summary>
    private static async Task<string[]> ExemplarsAsync(HttpClient http)
    {
        var (start, end) = (DateTimeOffset.UnixEpoch.ToUnixTimeSeconds(), 4_000_000_000);
        using var answer = JsonDocument.Parse(await http.GetStringAsync($"/api/v1/query_exemplars?query=splitrail_recommendation_duration_seconds_bucket&start={start}&end={end}"));
        return [.. answer.RootElement.GetProperty("data").EnumerateArray().SelectMany(static series => series.GetProperty("exemplars").EnumerateArray())
            .Select(static one => one.GetProperty("labels").GetProperty("trace_id").GetString()!).Where(static id => id.Length == 32)];
    }

    private static int? BucketOf(double? seconds) => seconds is { } value ? Array.FindIndex(s_buckets, bound => value <= bound) : null;
}
