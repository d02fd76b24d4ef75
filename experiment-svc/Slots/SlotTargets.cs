using Splitrail.Contracts;
using Splitrail.Experiments;
using Splitrail.ExperimentSvc.Definitions;

namespace Splitrail.ExperimentSvc.Slots;

/// <summary>
/// Shares to whole slots, each experiment by itself: what another one of the layer gets changes nothing for it. Within an experiment by <see cref="SlotShares"/>:
/// the sum is exact.
/// </summary>
internal static class SlotTargets
{
    // A share such as 0.29 times 2^20 must not lose a slot to the last bit of a double.
    private const double Rounding = 1e-6;

    /// <summary>The layer's holdout, and the arms of the experiments that run.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="running">Its running experiments.</param>
    /// <param name="published">The layer so far, the newest first: arms whose share stays keep their slots, and who goes back to a split goes back to its slots.</param>
    public static IReadOnlyList<SlotTarget> Of(DefinedLayer layer, IEnumerable<ExperimentRecord> running, IEnumerable<Layer> published)
    {
        var past = published.Select(static one => (Layer: one, Counts: SlotMap.Counts(one.SlotMap))).ToArray();
        return [new SlotTarget(ArmKey.Holdout, SlotsOf(layer.Holdout)), .. running.SelectMany(record => Of(record, past, SlotHashes.GrainOf(layer.Hash)))];
    }

    /// <summary>Whole slots in a part of a layer.</summary>
    public static int SlotsOf(double part) => (int)Math.Floor((part * SlotMap.Slots) + Rounding);

    /// <summary>So far may an arm be from its exact part: rounding, and the buckets of a hash that has fewer of them than there are slots.</summary>
    public static int ToleranceOf(string? hash) => SlotShares.MostRounding + SlotHashes.GrainOf(hash) - 1;

    private static IEnumerable<SlotTarget> Of(ExperimentRecord record, IReadOnlyList<(Layer Layer, Dictionary<ArmKey, int> Counts)> past, int grain)
    {
        ArmKey[] arms = [.. record.Definition.Arms.Select(arm => new ArmKey(record.Id, arm.Id))];
        SlotPart[][] parts = [.. past.Select(one => PartsOf(arms, one.Layer, one.Counts))];
        var now = parts.FirstOrDefault() ?? new SlotPart[arms.Length];
        var (total, held) = (SlotsOf(record.TrafficNow), now.Sum(static part => part.Slots));
        // Ranges that came from GrowthBook sum to their buckets, not to the slot.
        if (grain > 1 && held > 0 && Math.Abs(total - held) <= grain * arms.Length)
            total = held;
        var slots = SlotShares.Of(
            total, [.. record.Definition.Arms.Select(static arm => arm.Share)], now, parts.Skip(1), SlotShares.MostRounding + grain - 1);
        return arms.Select((arm, i) => new SlotTarget(arm, slots[i]));
    }

    private static SlotPart[] PartsOf(ArmKey[] arms, Layer layer, Dictionary<ArmKey, int> counts)
    {
        var was = layer.Experiments.FirstOrDefault(experiment => experiment.Id == arms[0].Experiment)?.Arms ?? [];
        var total = was.Sum(arm => counts.GetValueOrDefault(new ArmKey(arms[0].Experiment, arm.Id)));
        return [.. arms.Select(arm => new SlotPart((was.FirstOrDefault(one => one.Id == arm.Arm)?.Share ?? 0) * total, counts.GetValueOrDefault(arm)))];
    }
}
