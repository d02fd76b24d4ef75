using Splitrail.Local.Observation;
using Splitrail.Tests.Suite.Shop;
using Xunit;

namespace Splitrail.Tests.Suite.Monitoring;

/// <summary>A test with a real Prometheus; left out, and said so, where there is none. In CI it runs, and fails when it is missing.</summary>
public sealed class PrometheusFactAttribute : FactAttribute
{
    public PrometheusFactAttribute() => Skip = Find() is not null || Environment.GetEnvironmentVariable("CI") == "true"
        ? null : "left out: prometheus is neither in charts/tools/bin nor on PATH; scripts/chart-tools.sh fetches it";

    public static string? Find() => Path.Combine(TrainedShop.Root, "charts", "tools", "bin", "prometheus") is var fetched && File.Exists(fetched) ? fetched : PrometheusServer.Find();
}
