using Shouldly;
using Splitrail.Experiments;
using Xunit;

namespace Splitrail.Tests.Unit.Experiments;

public sealed class UnitSlotTests
{
    /// <summary>Markers that Microsoft.FeatureManagement 4.7.0 makes of these users and seeds.</summary>
    [Theory]
    [InlineData("Marsha", "allocation\nVariantFeaturePercentileOn", 2822587010u)]
    [InlineData("user-1", "allocation\nrec-ranker", 3183301159u)]
    [InlineData("", "allocation\nrec-ranker", 2254989191u)]
    [InlineData("Ümit", "exp-42", 3168586843u)]
    public void A_slot_comes_from_the_marker_of_FeatureManagement(string unit, string seed, uint marker) =>
        UnitSlot.Of(unit, UnitSlot.SuffixOf(seed)).ShouldBe(UnitSlot.OfMarker(marker));

    [Fact]
    public void Every_border_between_slots_is_where_FeatureManagement_compares_percentages()
    {
        var wrong = 0;
        for (var slot = 1; slot < UnitSlot.Count; slot++)
        {
            var border = slot * 100.0 / UnitSlot.Count;
            var near = (uint)(slot * (double)uint.MaxValue / UnitSlot.Count);
            for (var marker = near - 2; marker <= near + 2; marker++)
            {
                var percentage = marker / (double)uint.MaxValue * 100;
                if (percentage >= border != UnitSlot.OfMarker(marker) >= slot)
                    wrong++;
            }
        }

        wrong.ShouldBe(0);
    }

    [Fact]
    public void The_greatest_marker_is_in_the_last_slot() => UnitSlot.OfMarker(uint.MaxValue).ShouldBe(UnitSlot.Count - 1);

    [Fact]
    public void A_unit_longer_than_the_stack_buffer_has_a_slot_too()
    {
        var suffix = UnitSlot.SuffixOf("seed");

        UnitSlot.Of(new string('x', 5000), suffix).ShouldNotBe(UnitSlot.Of(new string('x', 5001), suffix));
    }

    [Fact]
    public void Finding_a_slot_allocates_nothing()
    {
        var suffix = UnitSlot.SuffixOf("ranking-layer");
        var sum = UnitSlot.Of("warm-up", suffix);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 1000; i++)
            sum += UnitSlot.Of("user-123456", suffix);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        sum.ShouldBeGreaterThan(0);
    }
}
