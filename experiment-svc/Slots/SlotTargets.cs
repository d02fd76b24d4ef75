using Splitrail.Experiments;
using Splitrail.ExperimentSvc.Definitions;

namespace Splitrail.ExperimentSvc.Slots;

/// <summary>
/// Shares to whole slots by largest remainder: nobody is further than one slot from its exact part, and the sum is exact.
/// </summary>
internal static class SlotTargets
{
    public static IReadOnlyList<SlotTarget> Of(DefinedLayer layer)
    {
        var exact = layer.Experiments
            .Where(static experiment => experiment.IsRunning)
            .SelectMany(static experiment => experiment.Arms.Select(arm => (Key: new ArmKey(experiment.Id, arm.Id), Slots: experiment.Traffic * arm.Share * SlotMap.Slots)))
            .ToArray();
        var slots = exact.Select(static arm => (int)Math.Floor(arm.Slots)).ToArray();
        var missing = Math.Min(SlotMap.Slots, (int)Math.Round(exact.Sum(static arm => arm.Slots))) - slots.Sum();
        var byRemainder = Enumerable.Range(0, exact.Length)
            .Where(i => exact[i].Slots > 0)
            .OrderByDescending(i => exact[i].Slots - slots[i])
            .ThenBy(static i => i);
        foreach (var i in byRemainder.Take(Math.Max(0, missing)))
            slots[i]++;
        return [.. exact.Select((arm, i) => new SlotTarget(arm.Key, slots[i]))];
    }
}
