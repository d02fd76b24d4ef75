using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Splitrail.Telemetry;
using Xunit;

namespace Splitrail.Tests.Unit.Telemetry;

public sealed class PrometheusExporterTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly IMeterFactory _meters;
    private readonly PrometheusExporter _exporter;

    public PrometheusExporterTests()
    {
        _meters = _services.GetRequiredService<IMeterFactory>();
        _exporter = new PrometheusExporter(_meters, new FixedTime());
        _exporter.Start();
    }

    [Fact]
    public void A_counter_adds_up_per_set_of_tags()
    {
        var counter = _meters.Create("Splitrail.Test").CreateCounter<long>("splitrail.fallbacks", description: "Answers below level 0.");
        counter.Add(2, new KeyValuePair<string, object?>("level", 1));
        counter.Add(3, new KeyValuePair<string, object?>("level", 1));
        counter.Add(1, new KeyValuePair<string, object?>("level", 3));

        var text = _exporter.Write();

        text.ShouldContain("# HELP splitrail_fallbacks_total Answers below level 0.\n# TYPE splitrail_fallbacks_total counter\n");
        text.ShouldContain("splitrail_fallbacks_total{level=\"1\"} 5\n");
        text.ShouldContain("splitrail_fallbacks_total{level=\"3\"} 1\n");
    }

    [Fact]
    public void A_histogram_has_cumulative_buckets_a_sum_and_a_count()
    {
        var histogram = _meters.Create("Splitrail.Test").CreateHistogram<double>(
            "splitrail.stage.duration", "s", "Time of a stage.", advice: new() { HistogramBucketBoundaries = [0.01, 0.1] });
        foreach (var seconds in new[] { 0.005, 0.01, 0.05, 7 })
            histogram.Record(seconds);

        var text = _exporter.Write();

        text.ShouldContain("splitrail_stage_duration_seconds_bucket{le=\"0.01\"} 2\n");
        text.ShouldContain("splitrail_stage_duration_seconds_bucket{le=\"0.1\"} 3\n");
        text.ShouldContain("splitrail_stage_duration_seconds_bucket{le=\"+Inf\"} 4\n");
        text.ShouldContain("splitrail_stage_duration_seconds_count 4\n");
        text.ShouldContain("splitrail_stage_duration_seconds_sum 7.065\n");
    }

    [Fact]
    public void Requests_are_counted_in_buckets_that_straddle_the_targets_whatever_the_framework_advises()
    {
        _meters.Create("Microsoft.AspNetCore.Hosting").CreateHistogram<double>("http.server.request.duration", "s", advice: new() { HistogramBucketBoundaries = [0.025, 0.25] }).Record(0.029);

        var text = _exporter.Write();

        text.ShouldContain("http_server_request_duration_seconds_bucket{le=\"0.02\"} 0\nhttp_server_request_duration_seconds_bucket{le=\"0.03\"} 1\n");
        foreach (var target in new[] { "0.015", "0.05", "0.08", "0.1", "0.3" })
            text.ShouldContain($"le=\"{target}\"");
    }

    [Fact]
    public void Meters_of_another_host_in_the_process_stay_out()
    {
        using var others = new ServiceCollection().AddMetrics().BuildServiceProvider();
        others.GetRequiredService<IMeterFactory>().Create("Splitrail.Test").CreateCounter<long>("splitrail.theirs").Add(1);

        _exporter.Write().ShouldNotContain("splitrail_theirs");
    }

    [Fact]
    public void A_tag_with_endless_values_ends_in_one_overflow_series()
    {
        var counter = _meters.Create("Splitrail.Test").CreateCounter<long>("splitrail.many");
        for (var i = 0; i < 1_500; i++)
            counter.Add(1, new KeyValuePair<string, object?>("id", i));

        var lines = _exporter.Write().Split('\n').Where(static line => line.StartsWith("splitrail_many_total{", StringComparison.Ordinal)).ToArray();

        lines.Length.ShouldBe(1_001);
        lines.ShouldContain("splitrail_many_total{otel_metric_overflow=\"true\"} 500");
    }

    [Fact]
    public void Label_values_are_escaped()
    {
        _meters.Create("Splitrail.Test").CreateCounter<long>("splitrail.odd").Add(1, new KeyValuePair<string, object?>("why", "a \"b\"\n\\c"));

        _exporter.Write().ShouldContain("splitrail_odd_total{why=\"a \\\"b\\\"\\n\\\\c\"} 1\n");
    }

    [Fact]
    public void OpenMetrics_has_a_trace_beside_the_bucket_of_a_duration_and_text_has_not()
    {
        var histogram = _meters.Create("Splitrail.Test").CreateHistogram<double>("splitrail.stage.duration", "s", advice: new() { HistogramBucketBoundaries = [0.01, 1] });
        using var request = new Activity("request").SetIdFormat(ActivityIdFormat.W3C);
        request.ActivityTraceFlags = ActivityTraceFlags.Recorded;
        request.Start();
        histogram.Record(0.25);
        request.Stop();

        _exporter.Write(ExpositionFormat.OpenMetrics).ShouldContain(
            $"splitrail_stage_duration_seconds_bucket{{le=\"0.01\"}} 0\nsplitrail_stage_duration_seconds_bucket{{le=\"1.0\"}} 1 # {{trace_id=\"{request.TraceId.ToHexString()}\"}} 0.25 1700000000.000\n");
        _exporter.Write().ShouldNotContain("trace_id");
    }

    [Fact]
    public void A_request_that_is_not_recorded_and_a_number_that_is_no_duration_have_no_exemplar()
    {
        var meter = _meters.Create("Splitrail.Test");
        var (duration, rows) = (meter.CreateHistogram<double>("splitrail.duration", "s"), meter.CreateHistogram<long>("splitrail.rows"));
        using var request = new Activity("request").SetIdFormat(ActivityIdFormat.W3C).Start();
        duration.Record(0.25);
        request.ActivityTraceFlags = ActivityTraceFlags.Recorded;
        rows.Record(7);

        _exporter.Write(ExpositionFormat.OpenMetrics).ShouldNotContain("trace_id");
    }

    [Fact]
    public void OpenMetrics_names_a_family_without_total_and_says_where_it_ends()
    {
        _meters.Create("Splitrail.Test").CreateCounter<long>("splitrail.fallbacks", description: "Answers below level 0.").Add(2);

        var text = _exporter.Write(ExpositionFormat.OpenMetrics);

        text.ShouldContain("# HELP splitrail_fallbacks Answers below level 0.\n# TYPE splitrail_fallbacks counter\nsplitrail_fallbacks_total 2\n");
        text.ShouldEndWith("\n# EOF\n");
    }

    [Fact]
    public void Both_formats_have_the_same_samples()
    {
        var meter = _meters.Create("Splitrail.Test");
        meter.CreateHistogram<double>("splitrail.duration", "s").Record(3);
        meter.CreateCounter<long>("splitrail.fallbacks").Add(1);

        Samples(ExpositionFormat.OpenMetrics).ShouldBe(Samples(ExpositionFormat.Text));

        string[] Samples(ExpositionFormat format) => [.. _exporter.Write(format).Split('\n').Where(static line => line.StartsWith("splitrail", StringComparison.Ordinal))];
    }

    public void Dispose()
    {
        _exporter.Dispose();
        _services.Dispose();
    }

    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
    }
}
