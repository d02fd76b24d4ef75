using System.Text.RegularExpressions;
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
    public async Task Every_metric_that_the_suite_publishes_of_itself_has_its_meaning_in_the_operations_manual()
    {
        var manual = await File.ReadAllTextAsync(Path.Combine(TrainedShop.Root, "docs", "operations.md"));
        // The first cells of the table: `splitrail.x.y` {tags}, and `.z` for another one of the same beginning.
        var explained = Regex.Matches(manual, @"(?m)^\| (`[^|]*) \|").SelectMany(static row => Regex.Matches(row.Groups[1].Value, "`([^`]+)`"))
            .Select(static name => name.Groups[1].Value.Replace('.', '_')).ToHashSet();
        var published = (await PublishedMetrics.ScrapeAsync(shop.Suite.Layout)).Where(static name => name.StartsWith("splitrail_", StringComparison.Ordinal) && !Regex.IsMatch(name, "_(bucket|sum|count)$"))
            .Select(static name => Regex.Replace(name, "_(total|seconds|bytes)", "")).Distinct().ToArray();

        published.Length.ShouldBeGreaterThan(50);
        published.Where(name => !explained.Contains(name) && !explained.Any(end => end.StartsWith('_') && name.EndsWith(end, StringComparison.Ordinal))).ShouldBeEmpty();
    }

    [Fact]
    public void Metrics_are_found_in_an_expression_and_nothing_else_is() =>
        Expressions.MetricsOf("""histogram_quantile(0.99, sum by (app, le) (rate(a_bucket{x=~"b|c"}[1m]))) / on (app) group_left (pod) app:d:p99_rate5m offset 1h or 0 * e > 14.4 * 0.001""")
            .ShouldBe(["a_bucket", "app:d:p99_rate5m", "e"]);
}
