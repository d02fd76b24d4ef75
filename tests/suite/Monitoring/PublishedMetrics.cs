using Splitrail.Local;

namespace Splitrail.Tests.Suite.Monitoring;

/// <summary>Which metrics there are, and from whom.</summary>
internal static class PublishedMetrics
{
    /// <summary>What only a cluster has, by the beginning of the name.</summary>
    public static IReadOnlyDictionary<string, string> Elsewhere { get; } = new Dictionary<string, string>
    {
        ["kube_"] = "kube-state-metrics",
        ["kubelet_"] = "the kubelet",
        ["container_"] = "cAdvisor",
        ["pg_"] = "postgres_exporter",
        ["redis_"] = "redis_exporter",
        ["dapr_"] = "the sidecars",
        ["db_client_connection_"] = "the pool of PostgreSQL; a laptop has SQLite",
        ["up"] = "Prometheus itself",
    };

    public static bool IsElsewhere(string metric) => Elsewhere.Keys.Any(start => start == "up" ? metric == start : metric.StartsWith(start, StringComparison.Ordinal));

    /// <summary>Names that the suite's services publish now: samples, and metrics that have measured nothing yet.</summary>
    public static async Task<IReadOnlySet<string>> ScrapeAsync(SuiteLayout layout)
    {
        using var http = new HttpClient();
        var texts = await Task.WhenAll(layout.Apps.Select(app => http.GetStringAsync(new Uri(app.Address, "/metrics"))));
        return texts.SelectMany(static text => text.Split('\n')).SelectMany(NamesOf).ToHashSet();
    }

    private static IEnumerable<string> NamesOf(string line) => line.Split(' ') switch
    {
        ["#", "TYPE", var name, "histogram"] => [name, $"{name}_bucket", $"{name}_sum", $"{name}_count"],
        ["#", "TYPE", var name, _] => [name],
        _ => [],
    };
}
