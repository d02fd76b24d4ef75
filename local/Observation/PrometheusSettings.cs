using System.Globalization;
using System.Text;

namespace Splitrail.Local.Observation;

/// <summary>The configuration of Prometheus for a suite on one machine: the labels are those that the chart's ServiceMonitors give.</summary>
internal static class PrometheusSettings
{
    public const string Namespace = "local";

    public static string Write(SuiteLayout layout, string rules, TimeSpan interval)
    {
        var every = $"{interval.TotalMilliseconds:0}ms";
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"global: {{scrape_interval: {every}, scrape_timeout: {every}, evaluation_interval: {every}}}");
        text.AppendLine(CultureInfo.InvariantCulture, $"rule_files: ['{rules}/*.yaml']");
        text.AppendLine("scrape_configs:");
        text.AppendLine("  - job_name: splitrail");
        text.AppendLine("    static_configs:");
        foreach (var app in layout.Apps)
            text.AppendLine(CultureInfo.InvariantCulture, $"      - {{targets: ['{app.Address.Authority}'], labels: {{namespace: {Namespace}, app: {app.AppId}, pod: {app.Name}}}}}");
        return text.ToString();
    }
}
