using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Splitrail.ExperimentSvc.Decisions;
using Splitrail.ExperimentSvc.Inference;
using Splitrail.Telemetry;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Decisions;

public sealed class ResultMetricsTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly PrometheusExporter _exporter;
    private readonly ResultMetrics _metrics;

    public ResultMetricsTests()
    {
        var meters = _services.GetRequiredService<IMeterFactory>();
        _exporter = new PrometheusExporter(meters, TimeProvider.System);
        _exporter.Start();
        _metrics = new ResultMetrics(meters);
    }

    [Fact]
    public void An_arm_is_shown_beside_the_control_with_the_interval_that_holds_at_any_look()
    {
        _metrics.Found([("e", Finding(new Bounded(0.1, -0.05, 0.3)))]);

        Series("value").ShouldBe(
        [
            """{experiment="e",arm="new",metric="revenue_per_user",role="control"} 2""",
            """{experiment="e",arm="new",metric="revenue_per_user",role="treatment"} 2.2""",
        ]);
        Series("lift").ShouldBe(
        [
            """{experiment="e",arm="new",metric="revenue_per_user",bound="estimate"} 0.1""",
            """{experiment="e",arm="new",metric="revenue_per_user",bound="high"} 0.3""",
            """{experiment="e",arm="new",metric="revenue_per_user",bound="low"} -0.05""",
        ]);
        Series("users").ShouldHaveSingleItem().ShouldEndWith(" 40");
    }

    [Fact]
    public void Without_numbers_and_without_bounds_there_is_no_series()
    {
        _metrics.Found([("none", Finding(null) with { Value = null, ControlValue = null }), ("open", Finding(new Bounded(0.1, -0.05, double.PositiveInfinity)))]);

        foreach (var metric in new[] { "value", "lift", "users" })
            Series(metric).ShouldAllBe(static line => line.Contains("\"open\"", StringComparison.Ordinal));
        Series("lift").Length.ShouldBe(2);
    }

    [Fact]
    public void A_replica_that_does_not_decide_shows_nothing()
    {
        _metrics.Found([("e", Finding(new Bounded(0.1, -0.05, 0.3)))]);
        _metrics.Found([]);

        Series("value").ShouldBeEmpty();
    }

    public void Dispose()
    {
        _exporter.Dispose();
        _services.Dispose();
    }

    private static MetricFinding Finding(Bounded? anytime) => new("revenue_per_user", "new", 40, 50, null, 2.2, 2, null, null, anytime, null, null, null, null, null, null);

    private string[] Series(string metric) => [.. _exporter.Write().Split('\n')
        .Where(line => line.StartsWith($"splitrail_experiment_metric_{metric}{{", StringComparison.Ordinal)).Select(static line => line[line.IndexOf('{', StringComparison.Ordinal)..]).Order(StringComparer.Ordinal)];
}
