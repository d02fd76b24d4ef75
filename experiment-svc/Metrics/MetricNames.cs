namespace Splitrail.ExperimentSvc.Metrics;

/// <summary>Names of the built-in metrics.</summary>
internal static class MetricNames
{
    public const string ClickThrough = "click_through";
    public const string Conversion = "conversion";
    public const string UserConversion = "user_conversion";
    public const string AttributedRevenuePerUser = "attributed_revenue_per_user";
    public const string RevenuePerUser = "revenue_per_user";
    public const string AverageOrderValue = "average_order_value";
    public const string AddToCartRate = "add_to_cart_rate";
    public const string ActiveDays = "active_days";
    public const string ItemsViewed = "items_viewed";
    public const string FallbackShare = "fallback_share";
    public const string EmptyShare = "empty_share";
    public const string SlowShare = "slow_share";
    public const string LatencyP99 = "latency_p99";
    public const string ItemsShown = "items_shown";
    public const string Variety = "variety";
}
