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
        _exporter = new PrometheusExporter(_meters);
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

    public void Dispose()
    {
        _exporter.Dispose();
        _services.Dispose();
    }
}
