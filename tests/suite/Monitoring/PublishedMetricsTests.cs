using Shouldly;
using Splitrail.Tests.Suite.Shop;
using Xunit;

namespace Splitrail.Tests.Suite.Monitoring;

/// <summary>Nothing is asked of Prometheus that nobody publishes.</summary>
[Collection(RunningShopCollection.Name)]
public sealed class PublishedMetricsTests(RunningShop shop)
{
    [Fact]
    public async Task Every_metric_of_a_rule_a_dashboard_or_an_autoscaler_is_published_by_the_suite_recorded_or_of_a_cluster()
    {
        var known = (await PublishedMetrics.ScrapeAsync(shop.Suite.Layout)).Concat(Expressions.Recorded()).ToHashSet();
        var asked = Expressions.All().SelectMany(static one => Expressions.MetricsOf(one.Text).Select(metric => $"{metric} ({one.Where})")).ToArray();

        asked.Length.ShouldBeGreaterThan(100);
        asked.Where(one => one.Split(' ')[0] is var metric && !known.Contains(metric) && !PublishedMetrics.IsElsewhere(metric)).ShouldBeEmpty();
    }

    [Fact]
    public void Metrics_are_found_in_an_expression_and_nothing_else_is() =>
        Expressions.MetricsOf("""histogram_quantile(0.99, sum by (app, le) (rate(a_bucket{x=~"b|c"}[1m]))) / on (app) group_left (pod) app:d:p99_rate5m offset 1h or 0 * e > 14.4 * 0.001""")
            .ShouldBe(["a_bucket", "app:d:p99_rate5m", "e"]);
}
