using YamlDotNet.RepresentationModel;

namespace Splitrail.Benchmarks.Autoscale;

/// <summary>What an autoscaler is told; the words of the chart's values.</summary>
/// <param name="InFlight">Target of requests in work per replica; 0 leaves the metric out.</param>
/// <param name="P99">Target of the stage's 99th percentile in seconds; 0 leaves the metric out.</param>
/// <param name="Cpu">Target of CPU as a share of the request; 0 leaves the metric out.</param>
/// <param name="UpWindow">Seconds a rise has to last.</param>
/// <param name="UpShare">Share of the replicas added at most in a minute.</param>
/// <param name="UpPods">Replicas that may be added in a minute in any case.</param>
/// <param name="DownWindow">Seconds the load has to be low.</param>
/// <param name="DownShare">Share of the replicas taken away at most in a minute.</param>
internal sealed record ScalingSettings(double InFlight, double P99, double Cpu, int UpWindow, double UpShare, int UpPods, int DownWindow, double DownShare)
{
    /// <summary>What the chart says for a service.</summary>
    public static ScalingSettings OfChart(string values, string service)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(values));
        var root = stream.Documents[0].RootNode;
        var own = (YamlMappingNode)root["services"][service]["autoscaling"];
        var (up, down) = (root["autoscaling"]["scaleUp"], root["autoscaling"]["scaleDown"]);
        return new ScalingSettings(
            Number(own["inFlight"]), Number(own["p99"]), Number(root["serviceDefaults"]["autoscaling"]["cpu"]) / 100,
            (int)Number(up["stabilizationSeconds"]), Number(up["percent"]) / 100, (int)Number(up["pods"]),
            (int)Number(down["stabilizationSeconds"]), Number(down["percent"]) / 100);
    }

    public override string ToString() =>
        $"work {InFlight:0.#}, p99 {P99 * 1000:0} ms, CPU {Cpu:0 %}; up {UpShare:0 %} or {UpPods} a minute after {UpWindow} s; down {DownShare:0 %} a minute after {DownWindow} s";

    /// <summary>A number or a Kubernetes quantity such as <c>80m</c>.</summary>
    private static double Number(YamlNode node) => node.ToString() is var text && text.EndsWith('m') ? double.Parse(text[..^1]) / 1000 : double.Parse(text);
}
