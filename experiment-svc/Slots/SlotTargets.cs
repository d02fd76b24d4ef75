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
    /// <param name="maps">Its slot maps so far, the newest first: arms whose share stays keep their slots, and who goes back to a split goes back to its slots.</param>
    public static IReadOnlyList<SlotTarget> Of(DefinedLayer layer, IEnumerable<ExperimentRecord> running, IEnumerable<IReadOnlyList<SlotRange>> maps)
    {
        var counts = maps.Select(SlotMap.Counts).ToArray();
        return [new SlotTarget(ArmKey.Holdout, SlotsOf(layer.Holdout)), .. running.SelectMany(record => Of(record, counts, ToleranceOf(layer.Hash)))];
    }

    /// <summary>Whole slots in a part of a layer.</summary>
    public static int SlotsOf(double part) => (int)Math.Floor((part * SlotMap.Slots) + Rounding);

    /// <summary>So far may an arm be from its exact part: rounding, and the buckets of a hash that has fewer of them than there are slots.</summary>
    public static int ToleranceOf(string? hash) => SlotShares.Tolerance + SlotHashes.GrainOf(hash) - 1;

    private static IEnumerable<SlotTarget> Of(ExperimentRecord record, Dictionary<ArmKey, int>[] counts, int tolerance)
    {
        ArmKey[] arms = [.. record.Definition.Arms.Select(arm => new ArmKey(record.Id, arm.Id))];
        int[][] had = [.. counts.Select(map => arms.Select(arm => map.GetValueOrDefault(arm)).ToArray())];
        double[] shares = [.. record.Definition.Arms.Select(static arm => arm.Share)];
        var held = had.FirstOrDefault() ?? new int[arms.Length];
        var total = SlotsOf(record.TrafficNow);
        // Ranges that came from GrowthBook sum to their buckets, not to the slot.
        if (tolerance > SlotShares.Tolerance && held.Zip(shares).All(arm => Math.Abs(arm.First - (arm.Second * total)) < tolerance))
            total = held.Sum();
        var slots = SlotShares.Of(total, shares, held, had.Skip(1), tolerance);
        return arms.Select((arm, i) => new SlotTarget(arm, slots[i]));
    }
}
