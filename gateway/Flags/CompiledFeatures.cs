using Microsoft.FeatureManagement;
using Splitrail.Contracts;
using Splitrail.Experiments;

namespace Splitrail.Gateway.Flags;

/// <summary>
/// A control snapshot as Microsoft.FeatureManagement sees it: kill switches are features that are on or off, experiments are features whose variants are the
/// arms, each with as many percentile ranges as the slot map has for it. An experiment that FeatureManagement would assign otherwise is left out, and said so.
/// </summary>
internal sealed class CompiledFeatures
{
    private static readonly string[] s_switches = [FlagNames.PersonalCandidates, FlagNames.Ranking, FlagNames.Caching, FlagNames.Search];

    private readonly Dictionary<string, FeatureDefinition> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<LeftOut> _leftOut = [];

    public CompiledFeatures(ControlSnapshot snapshot)
    {
        Snapshot = snapshot;
        foreach (var name in s_switches.Union(snapshot.Flags.Keys, StringComparer.OrdinalIgnoreCase))
            _byName[name] = Switch(name, !snapshot.Flags.TryGetValue(name, out var on) || on);
        foreach (var layer in snapshot.Layers)
        {
            foreach (var experiment in layer.Experiments)
                Add(layer, experiment);
        }
    }

    public ControlSnapshot Snapshot { get; }

    public IReadOnlyCollection<FeatureDefinition> Definitions => _byName.Values;

    public IReadOnlyList<LeftOut> LeftOut => _leftOut;

    /// <summary>Null for no such feature.</summary>
    public FeatureDefinition? Find(string name) => _byName.GetValueOrDefault(name);

    private void Add(Layer layer, ExperimentDefinition experiment)
    {
        if (ReasonAgainst(layer, experiment) is { } reason)
            _leftOut.Add(new LeftOut(experiment.Id, layer.Id, reason));
        else
            _byName[experiment.Id] = Experiment(layer, experiment);
    }

    private string? ReasonAgainst(Layer layer, ExperimentDefinition experiment)
    {
        if ((layer.Hash ?? LayerHashes.Compatible) != LayerHashes.Compatible)
            return $"Layer {layer.Id} has the hash '{layer.Hash}', which FeatureManagement does not know: it would give other arms. Export needs '{LayerHashes.Compatible}'.";
        if (layer.Unit == UnitKinds.Session)
            return $"Layer {layer.Id} randomises sessions; FeatureManagement assigns users.";
        if (experiment.Audience is { Count: > 0 })
            return "The experiment has an audience; FeatureManagement knows neither its attributes nor its operators.";
        if (Snapshot.GlobalHoldout is { SlotMap.Count: > 0 })
            return "There is a global holdout; FeatureManagement would give arms to who is held out.";
        if (layer.Experiments.FirstOrDefault(other => other != experiment && other.Overrides is { Count: > 0 }) is { } other)
            return $"Experiment {other.Id} of the same layer has overrides; FeatureManagement would put those units into both.";
        return _byName.ContainsKey(experiment.Id) ? "Its id is also that of a kill switch or of an earlier experiment." : null;
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
            User = Overrides(experiment),
            Percentile = [.. layer.SlotMap.Where(range => range.Experiment == experiment.Id).Select(Percentile)],
        },
    };

    private static UserAllocation[]? Overrides(ExperimentDefinition experiment) => experiment.Overrides is not { Count: > 0 } overrides
        ? null
        : [.. overrides.GroupBy(static one => one.Value, static one => one.Key).Select(static arm => new UserAllocation { Variant = arm.Key, Users = [.. arm] })];

    private static PercentileAllocation Percentile(SlotRange range) => new()
    {
        Variant = range.Arm,
        // Exact: the products are below 2^27 and the divisor is a power of two.
        From = range.Start * 100.0 / SlotMap.Slots,
        To = range.End * 100.0 / SlotMap.Slots,
    };
}

/// <summary>An experiment that is not exported, and why.</summary>
internal sealed record LeftOut(string Experiment, string Layer, string Reason);
