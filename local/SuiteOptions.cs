using Splitrail.Local.Daprd;
using Splitrail.Local.Observation;

namespace Splitrail.Local;

/// <summary>How a suite on one machine is started.</summary>
public sealed record SuiteOptions
{
    public const int DefaultPort = 8080;
    public const int MaxReplicas = 8;

    /// <summary>All that is kept: databases, broker log, feeds' last versions.</summary>
    public required string StateDirectory { get; init; }

    /// <summary>The dataset that feature-svc loads at its first start.</summary>
    public required string DatasetDirectory { get; init; }

    public required string ModelsDirectory { get; init; }

    /// <summary>Folder of the Dapr YAML that the sidecars read.</summary>
    public required string ComponentsDirectory { get; init; }

    /// <summary>Whose sidecars.</summary>
    public SidecarKind Sidecar { get; init; }

    /// <summary>With daprd: <c>HOST:PORT</c> of a Redis that runs already; null starts one in <see cref="StateDirectory"/>.</summary>
    public string? Redis { get; init; }

    /// <summary>Folder of rules for a Prometheus that is started beside the suite; null for none.</summary>
    public string? Rules { get; init; }

    /// <summary>Opens the embedded sidecars' <c>/faults</c>, by which tests make calls slow, fail or lie.</summary>
    public bool SidecarFaults { get; init; }

    /// <summary>How many of a service; one of those that are not named.</summary>
    public IReadOnlyDictionary<string, int> Replicas { get; init; } = new Dictionary<string, int>();

    /// <summary>The gateway's port; 0 takes a free one.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>Address to listen on. The inner services and sidecars stay on loopback whatever this says.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary><c>json</c> or <c>human</c>.</summary>
    public string LogFormat { get; init; } = "human";

    public string LogLevel { get; init; } = "Information";

    /// <summary>Further arguments per app-id, such as <c>--Gateway:ResponseCacheTtl=00:00:00</c>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> ExtraArguments { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Faults, each with the bad value and the fix; empty when all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>();
        if (Port is < 0 or > 65_535)
            faults.Add($"--port is {Port}: give a number from 1 to 65535, or 0 for any free port.");
        if (LogFormat is not ("json" or "human"))
            faults.Add($"--log-format is '{LogFormat}': use json or human.");
        if (!File.Exists(Path.Combine(DatasetDirectory, "dataset.json")))
            faults.Add($"There is no dataset in '{DatasetDirectory}': make one with `trainer demo --out` or `trainer import --out`, or start with ./run.");
        if (!Directory.Exists(ComponentsDirectory))
            faults.Add($"There is no folder '{ComponentsDirectory}' with Dapr components.");
        if (Rules is not null && PrometheusServer.Find() is null)
            faults.Add("--observe needs the program prometheus, which is not on PATH (Debian: apt-get install prometheus; scripts/chart-tools.sh fetches it into charts/tools/bin).");
        foreach (var (appId, count) in Replicas.Where(static one => one.Value is < 1 or > MaxReplicas))
            faults.Add($"--replicas {appId}={count}: give a number from 1 to {MaxReplicas}.");
        if (Sidecar == SidecarKind.Daprd)
            faults.AddRange(DaprdSidecars.Missing(this));
        return faults;
    }
}
