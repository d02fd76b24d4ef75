using Microsoft.FeatureManagement;
using Splitrail.Contracts;
using Splitrail.Experiments;

namespace Splitrail.Gateway.Flags;

/// <summary>
/// The control snapshot as Microsoft.FeatureManagement sees it: kill switches are features that are on or off, experiments are features whose
/// variants are the arms, each with as many percentile ranges as the slot map has for it. Never use the per-request Snapshot manager with it:
/// that one caches by the feature's name and ignores the user.
/// </summary>
internal sealed class SnapshotFeatureDefinitions(Func<ControlSnapshot> current) : IFeatureDefinitionProvider
{
    private static readonly string[] s_switches = [FlagNames.PersonalCandidates, FlagNames.Ranking, FlagNames.Caching, FlagNames.Search];
    private volatile Compiled _compiled = new(null, new Dictionary<string, FeatureDefinition>());

    public Task<FeatureDefinition> GetFeatureDefinitionAsync(string featureName) =>
        // The interface predates nullable annotations; null is its word for "no such feature".
        Task.FromResult(Current.GetValueOrDefault(featureName)!);

    public async IAsyncEnumerable<FeatureDefinition> GetAllFeatureDefinitionsAsync()
    {
        foreach (var definition in Current.Values)
            yield return definition;
        await Task.CompletedTask;
    }

    private Dictionary<string, FeatureDefinition> Current
    {
        get
        {
            var snapshot = current();
            var compiled = _compiled;
            if (!ReferenceEquals(compiled.Snapshot, snapshot))
                _compiled = compiled = new Compiled(snapshot, Compile(snapshot));
            return compiled.Definitions;
        }
    }

    private static Dictionary<string, FeatureDefinition> Compile(ControlSnapshot snapshot)
    {
        var definitions = s_switches.ToDictionary(static name => name, static name => Switch(name, on: true), StringComparer.OrdinalIgnoreCase);
        foreach (var (name, on) in snapshot.Flags)
            definitions[name] = Switch(name, on);
        foreach (var layer in snapshot.Layers)
        {
            foreach (var experiment in layer.Experiments)
                definitions[experiment.Id] = Experiment(layer, experiment);
        }

        return definitions;
    }

    private static FeatureDefinition Switch(string name, bool on) => new()
    {
        Name = name,
        EnabledFor = on ? [new FeatureFilterConfiguration { Name = "AlwaysOn" }] : [],
    };

    private static FeatureDefinition Experiment(Layer layer, ExperimentDefinition experiment) => new()
    {
        Name = experiment.Id,
        EnabledFor = [new FeatureFilterConfiguration { Name = "AlwaysOn" }],
        Variants = [.. experiment.Arms.Select(static arm => new VariantDefinition { Name = arm.Id })],
        Allocation = new Allocation
        {
            Seed = layer.Seed,
            Percentile = [.. layer.SlotMap.Where(range => range.Experiment == experiment.Id).Select(Percentile)],
        },
    };

    private static PercentileAllocation Percentile(SlotRange range) => new()
    {
        Variant = range.Arm,
        // Exact: the products are below 2^27 and the divisor is a power of two.
        From = range.Start * 100.0 / SlotMap.Slots,
        To = range.End * 100.0 / SlotMap.Slots,
    };

    private sealed record Compiled(ControlSnapshot? Snapshot, Dictionary<string, FeatureDefinition> Definitions);
}
