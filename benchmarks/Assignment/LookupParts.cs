using Splitrail.Contracts;
using Splitrail.Experiments;

namespace Splitrail.Benchmarks.Assignment;

/// <summary>
/// Three ways to find who owns a slot, in nanoseconds, eight layers in turn: the two-level table that is used, one entry per slot (2 MB a layer), and a
/// binary search over the ranges.
/// </summary>
internal static class LookupParts
{
    private const int Slots = 1 << 14;

    public static IEnumerable<(string Name, double Nanoseconds)> Measure(ControlSnapshot snapshot)
    {
        var random = new Random(1);
        int[] slots = [.. Enumerable.Range(0, Slots).Select(_ => random.Next(SlotMap.Slots))];
        var layers = snapshot.Layers.Count;
        SlotTable[] tables = [.. snapshot.Layers.Select(static layer => new SlotTable(layer.SlotMap, static _ => 1))];
        yield return ("lookup_two_level_ns", Nanoseconds(i => tables[i % layers].OwnerOf(slots[i & (Slots - 1)])));
        ushort[][] flat = [.. tables.Select(static table => Enumerable.Range(0, SlotMap.Slots).Select(table.OwnerOf).ToArray())];
        yield return ("lookup_flat_ns", Nanoseconds(i => flat[i % layers][slots[i & (Slots - 1)]]));
        int[][] ends = [.. snapshot.Layers.Select(static layer => layer.SlotMap.Select(static range => range.End).ToArray())];
        yield return ("lookup_binary_search_ns", Nanoseconds(i => Array.BinarySearch(ends[i % layers], slots[i & (Slots - 1)] + 1)));
        yield return ("ranges_per_layer", ends.Average(static one => one.Length));
    }

    private static double Nanoseconds(Func<int, long> work) => 1e9 / Pace.Of(work).PerSecond;
}
