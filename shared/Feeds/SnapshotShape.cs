using Splitrail.Contracts;
using Splitrail.Experiments;

namespace Splitrail.Feeds;

/// <summary>What must hold for a snapshot before a service works with it, wherever it comes from.</summary>
public static class SnapshotShape
{
    /// <returns>The first fault, or null.</returns>
    public static string? FaultOf(ControlSnapshot snapshot)
    {
        // JSON can leave out what a record says is never null.
        if (snapshot is not { Layers: { } layers, Flags: not null, ContentHash: not null })
            return "it has no layers, flags or hash";
        foreach (var layer in layers)
        {
            if (FaultOf(layer) is { } fault)
                return fault;
        }

        if (snapshot.GlobalHoldout is { } holdout && (holdout is not { Seed: not null, SlotMap: not null } || SlotMap.FaultOf(holdout.SlotMap) is not null))
            return "the global holdout has no seed, or slots that are out of order or bounds";
        if (snapshot.Models is { } models && (models is not { Production: not null } || models.Arms?.Any(static arm => arm is not { Version: not null, Lineup: not null }) == true
            || models.Shadows?.Any(static shadow => shadow is not { Type: not null, Version: not null }) == true))
            return "its models name no production, or an arm's or shadow's model without version";
        if (FaultOf(snapshot.Rules ?? [], snapshot.Weights ?? []) is { } merchandising)
            return merchandising;
        return SnapshotHash.Matches(snapshot) ? null : "it does not match its content hash";
    }

    private static string? FaultOf(IReadOnlyList<BusinessRule> rules, IReadOnlyList<CategoryWeights> weights)
    {
        if (rules.Any(static rule => rule is not { Id: not null, Kind: not null, Conditions: not null } || rule.Conditions.Any(static condition => condition is null)))
            return "a business rule has no id, kind or conditions";
        if (rules.DistinctBy(static rule => rule.Id).Count() != rules.Count)
            return "a business rule is there twice";
        return weights.Any(static one => one is not { Category: not null, Weights: not null }) ? "ranking weights have no category, or no weights" : null;
    }

    private static string? FaultOf(Layer layer)
    {
        if (layer is not { Id: not null, Seed: not null, Experiments: { } experiments, SlotMap: { } map })
            return "a layer has no id, seed, experiments or slot map";
        if (experiments.Any(static experiment => experiment is not { Id: not null, Arms: { } arms } || arms.Any(static arm => arm is not { Id: not null, Parameters: not null })))
            return $"layer {layer.Id}: an experiment or arm has no id, or an arm has no parameters";
        return SlotMap.FaultOf(map) is { } fault ? $"layer {layer.Id}: {fault}" : null;
    }
}
