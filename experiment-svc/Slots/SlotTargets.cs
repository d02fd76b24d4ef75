using Splitrail.Experiments;
using Splitrail.ExperimentSvc.Definitions;

namespace Splitrail.ExperimentSvc.Slots;

/// <summary>
/// Shares to whole slots, each experiment by itself: what another one of the layer gets changes nothing for it. Within an experiment by largest remainder: no arm is
/// further than one slot from its exact part, and the sum is exact.
/// </summary>
internal static class SlotTargets
{
    // A share such as 0.29 times 2^20 must not lose a slot to the last bit of a double.
    private const double Rounding = 1e-6;

    /// <summary>The layer's holdout, and the arms of the experiments that run.</summary>
    public static IReadOnlyList<SlotTarget> Of(DefinedLayer layer, IEnumerable<ExperimentRecord> running) =>
        [new SlotTarget(ArmKey.Holdout, SlotsOf(layer.Holdout)), .. running.SelectMany(Of)];

    /// <summary>Whole slots in a part of a layer.</summary>
    public static int SlotsOf(double part) => (int)Math.Floor((part * SlotMap.Slots) + Rounding);

    private static IEnumerable<SlotTarget> Of(ExperimentRecord record)
    {
        var arms = record.Definition.Arms;
        var slots = Split(SlotsOf(record.TrafficNow), [.. arms.Select(static arm => arm.Share)]);
        return arms.Select((arm, i) => new SlotTarget(new ArmKey(record.Id, arm.Id), slots[i]));
    }

    private static int[] Split(int total, IReadOnlyList<double> shares)
    {
        var exact = shares.Select(share => share * total).ToArray();
        var slots = exact.Select(static part => (int)Math.Floor(part + Rounding)).ToArray();
        var byRemainder = Enumerable.Range(0, exact.Length)
            .Where(i => exact[i] > 0)
            .OrderByDescending(i => exact[i] - slots[i])
            .ThenBy(static i => i);
        foreach (var i in byRemainder.Take(Math.Max(0, total - slots.Sum())))
            slots[i]++;
        return slots;
    }
}
