using System.Collections.Frozen;
using Splitrail.ExperimentSvc.Inference;

namespace Splitrail.ExperimentSvc.Metrics;

/// <summary>All metrics by name, those of people first. Coverage of the catalogue and the mix of categories are of an arm as a whole, no sums over people: <see cref="Results.Shown.ShownReader"/>.</summary>
internal static class MetricTable
{
    public static IReadOnlyList<MetricDefinition> All { get; } =
    [
        Ratio(MetricNames.ClickThrough, Quantity.Clicks, Quantity.Impressions, "Recommended items clicked, of those shown."),
        Ratio(MetricNames.Conversion, Quantity.Purchases, Quantity.Clicks, "Purchases of recommended items within a day, by click."),
        Ratio(MetricNames.AddToCartRate, Quantity.Carts, Quantity.Clicks, "Recommended items put into the cart within a day, by click."),
        Ratio(MetricNames.AverageOrderValue, Quantity.Revenue, Quantity.Orders, "Revenue by order."),
        Mean(MetricNames.UserConversion, Quantity.Converted, "Users who bought a recommended item within a day of a click.") with { Kind = MetricKind.Proportion },
        Mean(MetricNames.AttributedRevenuePerUser, Quantity.AttributedRevenue, "Revenue from recommended items within a day of a click, by user.") with { IsSkewed = true },
        Mean(MetricNames.RevenuePerUser, Quantity.Revenue, "Revenue by user.") with { IsSkewed = true },
        Mean(MetricNames.ActiveDays, Quantity.ActiveDays, "Days with any event, by user."),
        Mean(MetricNames.ItemsViewed, Quantity.ItemsViewed, "Different items viewed or clicked, by user."),
        Mean(MetricNames.ItemsShown, Quantity.ItemsShown, "Different recommended items shown, by user."),
        Ratio(MetricNames.Variety, Quantity.ItemsShown, Quantity.Impressions, "Recommended items shown that the user had not been shown before, of those shown."),
        Answers(MetricNames.FallbackShare, Quantity.Fallbacks, "Answers given below level 0."),
        Answers(MetricNames.EmptyShare, Quantity.EmptyAnswers, "Answers with nothing in them."),
        Answers(MetricNames.SlowShare, Quantity.SlowAnswers, "Answers that took longer than 100 ms: above 1 % the p99 budget is broken."),
        Answers(MetricNames.LatencyP99, Quantity.Latency, "Milliseconds within which 99 % of the answers were given.") with { Kind = MetricKind.Quantile, Quantile = 0.99 },
    ];

    private static readonly FrozenDictionary<string, MetricDefinition> s_byName = All.ToFrozenDictionary(static metric => metric.Name, StringComparer.Ordinal);

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(static metric => metric.Name)];

    /// <summary>Null when there is no such metric.</summary>
    public static MetricDefinition? Find(string name) => s_byName.GetValueOrDefault(name);

    private static MetricDefinition Ratio(string name, Quantity numerator, Quantity denominator, string summary) =>
        new() { Name = name, Summary = summary, Kind = MetricKind.Ratio, Numerator = numerator, Denominator = denominator };

    private static MetricDefinition Answers(string name, Quantity quantity, string summary) =>
        new() { Name = name, Summary = summary, Kind = MetricKind.Proportion, Numerator = quantity, Direction = MetricDirection.Down, IsOfAnswers = true };

    private static MetricDefinition Mean(string name, Quantity quantity, string summary) =>
        new() { Name = name, Summary = summary, Kind = MetricKind.Mean, Numerator = quantity, HasCovariate = true };
}
