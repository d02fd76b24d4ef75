using Splitrail.Contracts;
using Splitrail.Experiments;

namespace Splitrail.Benchmarks.Assignment;

/// <summary>
/// What finding an arm costs on one core, from the unit's id to the arm, one call at a time: one experiment whose slot map has 100 edits behind it, then a whole
/// request over 20 experiments in 8 layers, and Microsoft.FeatureManagement's evaluation of the same definitions in the same run.
/// </summary>
internal sealed class AssignmentBench : IBench
{
    private const int Layers = 8;
    private const int Experiments = 20;

    public string Name => "assignment";

    public string Summary => "arms found per second on one core by either hash, a request over 20 experiments, bytes allocated, beside FeatureManagement";

    public IReadOnlyDictionary<string, BenchTarget> Targets { get; } = new Dictionary<string, BenchTarget>
    {
        ["compatible_per_second_core"] = new(Min: 2e6),
        ["fast_per_second_core"] = new(Min: 10e6),
        ["request_20_experiments_us"] = new(Max: 5),
        ["bytes_per_assignment"] = new(Max: 0),
        ["ratio_to_feature_management"] = new(Min: 1),
    };

    public async Task<IReadOnlyDictionary<string, double>> RunAsync(BenchRequest request, CancellationToken cancellationToken)
    {
        var units = AssignmentScene.UnitsOf(request.Seed);
        var compatible = Measure(units, 1, 1, LayerHashes.Compatible, request);
        var fast = Measure(units, 1, 1, LayerHashes.Fast, request);
        var whole = Measure(units, Layers, Experiments, LayerHashes.Compatible, request);
        var wholeFast = Measure(units, Layers, Experiments, LayerHashes.Fast, request);
        request.Progress("Microsoft.FeatureManagement");
        var features = await FeatureEvaluations.PerSecondAsync(AssignmentScene.Snapshot(1, 1, LayerHashes.Compatible, request.Seed), units);
        var figures = new Dictionary<string, double>
        {
            ["compatible_per_second_core"] = compatible.PerSecond,
            ["fast_per_second_core"] = fast.PerSecond,
            ["request_20_experiments_us"] = 1e6 / whole.PerSecond,
            ["request_20_experiments_fast_us"] = 1e6 / wholeFast.PerSecond,
            ["bytes_per_assignment"] = Math.Max(Math.Max(compatible.Bytes, fast.Bytes), Math.Max(whole.Bytes, wholeFast.Bytes)),
            ["feature_management_per_second_core"] = features,
            ["ratio_to_feature_management"] = compatible.PerSecond / features,
        };
        foreach (var (name, nanoseconds) in HashParts.Measure(units))
            figures[name] = nanoseconds;
        foreach (var (name, nanoseconds) in LookupParts.Measure(AssignmentScene.Snapshot(Layers, Experiments, LayerHashes.Compatible, request.Seed)))
            figures[name] = nanoseconds;
        return figures;
    }

    private static Pace Measure(string[] units, int layers, int experiments, string hash, BenchRequest request)
    {
        request.Progress($"{experiments} experiments in {layers} layers, {hash} hash");
        var assigner = new Assigner(AssignmentScene.Snapshot(layers, experiments, hash, request.Seed));
        var owners = new ushort[layers];
        return Pace.Of(i =>
        {
            assigner.Assign(new Subject(units[i & (AssignmentScene.Units - 1)], null), default, owners);
            return owners[0];
        });
    }
}
