using Shouldly;
using Splitrail.Contracts;
using Splitrail.Experiments;
using Xunit;

namespace Splitrail.Tests.Unit.Experiments;

public sealed class SlotTableTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Every_slot_has_the_owner_of_its_range_whatever_the_order_of_the_ranges(int seed)
    {
        var random = new Random(seed);
        var owners = new ushort[SlotMap.Slots];
        var map = new List<SlotRange>();
        for (var at = 0; at < SlotMap.Slots;)
        {
            // Short runs, runs over several blocks, and holes.
            var end = Math.Min(SlotMap.Slots, at + 1 + random.Next(random.Next(2) == 0 ? 5 : 5000));
            var owner = random.Next(4);
            owners.AsSpan(at, end - at).Fill((ushort)owner);
            if (owner > 0)
                map.Add(new SlotRange(at, end, "e", $"{owner}"));
            at = end;
        }

        random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(map));
        var table = new SlotTable(map, static range => ushort.Parse(range.Arm, System.Globalization.CultureInfo.InvariantCulture));

        Enumerable.Range(0, SlotMap.Slots).Count(slot => table.OwnerOf(slot) != owners[slot]).ShouldBe(0);
    }

    [Fact]
    public void An_empty_map_belongs_to_nobody() => new SlotTable([], static _ => 1).OwnerOf(SlotMap.Slots - 1).ShouldBe(SlotTable.Nobody);
}
