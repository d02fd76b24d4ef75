using System.Globalization;
using Splitrail.Models;

namespace Splitrail.ExperimentSvc.Registry;

/// <summary>The conditions that follow from two manifests alone.</summary>
internal static class MetricGates
{
    /// <summary>Higher is better.</summary>
    private static readonly string[] s_quality = ["ndcg", "recall", "hit_rate", "precision", "map_at", "mrr", "auc"];

    /// <summary>Lower is better.</summary>
    private static readonly string[] s_latency = ["latency", "rank_us", "score_us"];

    public static IEnumerable<ModelGate> Of(ModelManifest next, ModelManifest? production, RegistryOptions options)
    {
        yield return Size(next, options);
        yield return Compare(GateNames.Quality, s_quality, next, production, static (ours, theirs, part) => ours >= theirs * (1 - part), options.QualityTolerance, "may be below by");
        yield return Compare(GateNames.Latency, s_latency, next, production, static (ours, theirs, part) => ours <= theirs * (1 + part), options.LatencyTolerance, "may be above by");
        yield return Int8(next);
    }

    /// <summary>True for a metric where less is better; null for one of which nothing is known.</summary>
    public static bool? LessIsBetter(string metric) => IsOf(metric, s_latency) ? true : IsOf(metric, s_quality) ? false : null;

    private static bool IsOf(string metric, string[] words) => words.Any(word => metric.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static ModelGate Size(ModelManifest next, RegistryOptions options)
    {
        var megabytes = next.Files.Sum(static file => (double)file.Bytes) / (1 << 20);
        return new ModelGate(
            GateNames.Size, megabytes <= options.LargestMegabytes, false,
            string.Create(CultureInfo.InvariantCulture, $"{megabytes:0.0} MB of at most {options.LargestMegabytes} (ExperimentSvc:Registry:LargestMegabytes)"));
    }

    private static ModelGate Compare(
        string name, string[] words, ModelManifest next, ModelManifest? production, Func<double, double, double, bool> holds, double tolerance, string may)
    {
        if (production is null)
            return new ModelGate(name, true, true, "nothing is in production to compare with");
        var common = next.Metrics.Keys.Where(metric => IsOf(metric, words) && production.Metrics.ContainsKey(metric)).Order(StringComparer.Ordinal).ToArray();
        if (common.Length == 0)
            return new ModelGate(name, true, true, $"version '{production.Version}' in production has no such metric in common with it");
        var failed = common.Where(metric => !holds(next.Metrics[metric], production.Metrics[metric], tolerance)).ToArray();
        var shown = string.Join(", ", (failed.Length > 0 ? failed : common).Select(metric => string.Create(CultureInfo.InvariantCulture, $"{metric} {next.Metrics[metric]} (production {production.Metrics[metric]})")));
        var data = next.DatasetFingerprint == production.DatasetFingerprint ? "" : "; measured on other data than production's";
        return new ModelGate(name, failed.Length == 0, true, string.Create(CultureInfo.InvariantCulture, $"{shown}; {may} {tolerance:0.##%}{data}"));
    }

    private static ModelGate Int8(ModelManifest next) => next.Ranker switch
    {
        null => new ModelGate(GateNames.Int8, true, false, "nothing is said of its ranker's precision"),
        { Precision: not RankerCard.Quantised } full => new ModelGate(GateNames.Int8, true, false, $"it serves {full.Precision}"),
        { Int8Gate: { } gate } => new ModelGate(
            GateNames.Int8, QuantisationGate.Holds(gate.NdcgDelta, gate.TopTenOverlap, gate.Contexts), false,
            string.Create(CultureInfo.InvariantCulture,
                $"NDCG@10 changes by {gate.NdcgDelta:0.#####} (at most {QuantisationGate.MaxNdcgDelta}), {gate.TopTenOverlap:0.0%} of the ten best stay (at least {QuantisationGate.MinTopTenOverlap:0%}), over {gate.Contexts} lists")),
        _ => new ModelGate(GateNames.Int8, false, false, "it serves 8-bit weights and does not say what that changed"),
    };
}
