using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Splitrail.Local;

namespace Splitrail.Benchmarks;

/// <summary>The one line of JSON that ends a measurement.</summary>
internal sealed class BenchReport(IBench bench, SidecarKind sidecar, IReadOnlyDictionary<string, double> figures)
{
    /// <summary>Every target has its figure, and it holds.</summary>
    public bool Met => Faults(bench.Targets).Count == 0;

    /// <summary>What <c>--check</c> found below or above its limit, one line each.</summary>
    public IReadOnlyList<string> Broken => Faults(bench.Checks);

    public string ToJson()
    {
        var line = new JsonObject
        {
            ["name"] = bench.Name,
            ["figures"] = new JsonObject(figures.Select(static figure => KeyValuePair.Create(figure.Key, (JsonNode?)JsonValue.Create(Significant(figure.Value))))),
            ["targets"] = new JsonObject(bench.Targets.Select(static target => KeyValuePair.Create(target.Key, (JsonNode?)Limits(target.Value)))),
            ["met"] = Met,
            ["machine"] = new JsonObject
            {
                ["cores"] = Environment.ProcessorCount,
                ["memory_gib"] = Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1 << 30), 1),
                ["os"] = RuntimeInformation.OSDescription,
                ["architecture"] = RuntimeInformation.OSArchitecture.ToString(),
                ["runtime"] = RuntimeInformation.FrameworkDescription,
            },
        };
        return line.ToJsonString(JsonSerializerOptions.Default);
    }

    private List<string> Faults(IReadOnlyDictionary<string, BenchTarget> limits) =>
    [
        .. limits.Where(limit => !(limit.Value.OnlyWithDaprd && sidecar != SidecarKind.Daprd))
            .Where(limit => !figures.TryGetValue(limit.Key, out var value) || !limit.Value.IsMet(value))
            .Select(limit => $"{limit.Key} is {(figures.TryGetValue(limit.Key, out var value) ? Significant(value) : "missing")}: wanted {limit.Value}"),
    ];

    private static double Significant(double value) =>
        value == 0 || !double.IsFinite(value) ? 0 : Math.Round(value, Math.Clamp(5 - (int)Math.Ceiling(Math.Log10(Math.Abs(value))), 0, 15));

    private static JsonObject Limits(BenchTarget target)
    {
        var limits = new JsonObject();
        if (target.Min is { } min)
            limits["min"] = min;
        if (target.Max is { } max)
            limits["max"] = max;
        return limits;
    }
}
