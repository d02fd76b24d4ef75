using Splitrail.Contracts;

namespace Splitrail.Experiments;

/// <summary>
/// Changes a layer's slot map to new sizes and moves the fewest slots that can do it: Σ max(0, old − new) over the arms and the free slots. Who
/// shrinks gives from the end of its last run; who grows takes what was given, the lowest first, and then what was free. An edit that undoes an earlier one brings back the
/// earlier map itself, so that everybody returns to the arm he came from.
/// </summary>
public static class SlotMapEdit
{
    /// <param name="current">The map as it is.</param>
    /// <param name="targets">Sizes wanted; arms that are not named get none. At most 2^20 in sum.</param>
    /// <param name="earlier">Maps before this one, the newest first.</param>
    public static IReadOnlyList<SlotRange> Apply(
        IReadOnlyList<SlotRange> current, IReadOnlyList<SlotTarget> targets, IEnumerable<IReadOnlyList<SlotRange>> earlier)
    {
        var wanted = targets.Where(static target => target.Slots > 0).ToDictionary(static target => target.Arm, static target => target.Slots);
        var had = SlotMap.Counts(current);
        if (Same(had, wanted))
            return current;
        var fewest = FewestMoves(had, wanted);
        if (earlier.FirstOrDefault(map => Same(SlotMap.Counts(map), wanted) && SlotMap.Distance(current, map) == fewest) is { } undone)
            return undone;
        var (kept, given) = Shrink(current, had, wanted);
        // What was given changes hands anyway; a slot that was free and is taken would be a second move beside it.
        var free = given.OrderBy(static range => range.Start).Concat(SlotMap.Free(current));
        return SlotMap.Join([.. kept, .. Grow(free, had, targets)]);
    }

    /// <summary>Σ max(0, old − new) over the arms and the free slots: no edit can do with less.</summary>
    public static int FewestMoves(Dictionary<ArmKey, int> had, Dictionary<ArmKey, int> wanted)
    {
        var given = had.Sum(arm => Math.Max(0, arm.Value - wanted.GetValueOrDefault(arm.Key)));
        return given + Math.Max(0, wanted.Values.Sum() - had.Values.Sum());
    }

    private static bool Same(Dictionary<ArmKey, int> one, Dictionary<ArmKey, int> other) =>
        one.Count == other.Count && one.All(arm => other.GetValueOrDefault(arm.Key) == arm.Value);

    private static (List<SlotRange> Kept, List<(int Start, int End)> Given) Shrink(
        IReadOnlyList<SlotRange> current, Dictionary<ArmKey, int> had, Dictionary<ArmKey, int> wanted)
    {
        var surplus = had.ToDictionary(static arm => arm.Key, arm => Math.Max(0, arm.Value - wanted.GetValueOrDefault(arm.Key)));
        var (kept, freed) = (new List<SlotRange>(current.Count), new List<(int Start, int End)>());
        for (var i = current.Count - 1; i >= 0; i--)
        {
            var range = current[i];
            var key = ArmKey.Of(range);
            var given = Math.Min(surplus[key], range.End - range.Start);
            surplus[key] -= given;
            kept.Add(range with { End = range.End - given });
            freed.Add((range.End - given, range.End));
        }

        return (kept, freed);
    }

    private static IEnumerable<SlotRange> Grow(IEnumerable<(int Start, int End)> free, Dictionary<ArmKey, int> had, IReadOnlyList<SlotTarget> targets)
    {
        var left = new Queue<(int Start, int End)>(free.Where(static range => range.End > range.Start));
        var (at, end) = (0, 0);
        foreach (var target in targets)
        {
            var lacking = target.Slots - had.GetValueOrDefault(target.Arm);
            while (lacking > 0)
            {
                if (at == end)
                    (at, end) = left.Dequeue();
                var taken = Math.Min(lacking, end - at);
                yield return new SlotRange(at, at + taken, target.Arm.Experiment, target.Arm.Arm);
                (at, lacking) = (at + taken, lacking - taken);
            }
        }
    }
}
