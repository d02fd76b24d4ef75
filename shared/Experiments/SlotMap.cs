using Splitrail.Contracts;

namespace Splitrail.Experiments;

/// <summary>Ranges of one layer: ordered, disjoint, neighbours of one arm joined. Slots in no range are free.</summary>
public static class SlotMap
{
    public const int Slots = 1 << 20;

    /// <summary>Slots of each arm.</summary>
    public static Dictionary<ArmKey, int> Counts(IEnumerable<SlotRange> map)
    {
        var counts = new Dictionary<ArmKey, int>();
        foreach (var range in map)
        {
            var key = ArmKey.Of(range);
            counts[key] = counts.GetValueOrDefault(key) + range.End - range.Start;
        }

        return counts;
    }

    /// <summary>Ordered, with neighbours of one arm joined.</summary>
    public static IReadOnlyList<SlotRange> Join(IEnumerable<SlotRange> ranges)
    {
        var joined = new List<SlotRange>();
        foreach (var range in ranges.Where(static range => range.End > range.Start).OrderBy(static range => range.Start))
        {
            if (joined is [.., var last] && last.End == range.Start && ArmKey.Of(last) == ArmKey.Of(range))
                joined[^1] = last with { End = range.End };
            else
                joined.Add(range);
        }

        return joined;
    }

    /// <returns>The first range that is out of order, overlaps another or is out of bounds, in words; null when the map is sound.</returns>
    public static string? FaultOf(IEnumerable<SlotRange> map)
    {
        var at = 0;
        foreach (var range in map)
        {
            if (range is not { Experiment: not null, Arm: not null })
                return "a range of slots belongs to no experiment and arm";
            if (range.Start < at || range.End <= range.Start || range.End > Slots)
                return $"slots {range.Start} to {range.End} are out of order, overlap or are out of bounds";
            at = range.End;
        }

        return null;
    }

    /// <summary>What is left between the ranges, in order.</summary>
    public static IEnumerable<(int Start, int End)> Free(IEnumerable<SlotRange> map)
    {
        var at = 0;
        foreach (var range in map.OrderBy(static range => range.Start))
        {
            if (range.Start > at)
                yield return (at, range.Start);
            at = range.End;
        }

        if (at < Slots)
            yield return (at, Slots);
    }

    /// <summary>Slots that belong to someone else (or nobody) in the other map.</summary>
    public static int Distance(IReadOnlyList<SlotRange> one, IReadOnlyList<SlotRange> other)
    {
        var edges = one.Concat(other).SelectMany(static range => new[] { range.Start, range.End }).Append(Slots).Distinct().Order();
        var (distance, at, i, j) = (0, 0, 0, 0);
        foreach (var edge in edges)
        {
            if (OwnerAt(one, at, ref i) != OwnerAt(other, at, ref j))
                distance += edge - at;
            at = edge;
        }

        return distance;
    }

    private static ArmKey? OwnerAt(IReadOnlyList<SlotRange> map, int slot, ref int cursor)
    {
        while (cursor < map.Count && map[cursor].End <= slot)
            cursor++;
        return cursor < map.Count && map[cursor].Start <= slot ? ArmKey.Of(map[cursor]) : null;
    }
}
