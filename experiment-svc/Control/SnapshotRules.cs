using Splitrail.Contracts;
using Splitrail.Experiments;
using Splitrail.ExperimentSvc.Slots;
using Splitrail.Feeds;

namespace Splitrail.ExperimentSvc.Control;

/// <summary>What must hold for a snapshot before anybody may see it: the last gate, whatever composed it.</summary>
internal static class SnapshotRules
{
    private const double Tolerance = 1e-6;

    /// <summary>All that is wrong; empty when it may be published.</summary>
    public static IReadOnlyList<string> FaultsOf(ControlSnapshot snapshot)
    {
        var faults = new List<string>();
        if (!SnapshotHash.Matches(snapshot))
            faults.Add("the content hash does not match the content");
        var ids = snapshot.Layers.SelectMany(static layer => layer.Experiments).Select(static experiment => experiment.Id).ToArray();
        if (ids.Distinct(StringComparer.Ordinal).Count() != ids.Length)
            faults.Add("an experiment is there twice");
        foreach (var layer in snapshot.Layers)
            Check(layer, faults);
        if (snapshot.GlobalHoldout is { } holdout)
            CheckMap("the global holdout", holdout.SlotMap, [ArmKey.Holdout], faults);
        return faults;
    }

    private static void Check(Layer layer, List<string> faults)
    {
        var name = $"layer {layer.Id}";
        var known = layer.Experiments.SelectMany(static experiment => experiment.Arms.Select(arm => new ArmKey(experiment.Id, arm.Id))).Append(ArmKey.Holdout).ToHashSet();
        CheckMap(name, layer.SlotMap, known, faults);
        var counts = SlotMap.Counts(layer.SlotMap);
        foreach (var experiment in layer.Experiments)
        {
            if (experiment.Epoch < 1 || experiment.Arms.Count(static arm => arm.IsControl) != 1 || Math.Abs(experiment.Arms.Sum(static arm => arm.Share) - 1) > Tolerance)
                faults.Add($"{name}: experiment {experiment.Id} has no epoch, not one control, or shares that do not sum to 1");
            if (experiment.Overrides?.Values.Any(arm => experiment.Arms.All(known => known.Id != arm)) == true)
                faults.Add($"{name}: experiment {experiment.Id} has an override to an arm it does not have");
            var total = experiment.Arms.Sum(arm => counts.GetValueOrDefault(new ArmKey(experiment.Id, arm.Id)));
            foreach (var arm in experiment.Arms.Where(arm => Math.Abs(counts.GetValueOrDefault(new ArmKey(experiment.Id, arm.Id)) - (arm.Share * total)) > SlotTargets.ToleranceOf(layer.Hash)))
                faults.Add($"{name}: arm {experiment.Id}/{arm.Id} has {counts.GetValueOrDefault(new ArmKey(experiment.Id, arm.Id))} of {total} slots, not a share of {arm.Share}");
        }
    }

    private static void CheckMap(string name, IReadOnlyList<SlotRange> map, IReadOnlyCollection<ArmKey> known, List<string> faults)
    {
        if (SlotMap.FaultOf(map) is { } fault)
            faults.Add($"{name}: {fault}");
        foreach (var range in map.Where(range => !known.Contains(ArmKey.Of(range))))
            faults.Add($"{name}: slots {range.Start} to {range.End} belong to {range.Experiment}/{range.Arm}, which does not run");
    }
}
