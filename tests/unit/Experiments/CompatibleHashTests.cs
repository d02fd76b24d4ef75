using System.Text;
using Shouldly;
using Splitrail.Experiments;
using Xunit;

namespace Splitrail.Tests.Unit.Experiments;

public sealed class CompatibleHashTests
{
    /// <summary>Markers that Microsoft.FeatureManagement 4.7.0 makes of these users and seeds.</summary>
    [Theory]
    [InlineData("Marsha", "allocation\nVariantFeaturePercentileOn", 2822587010u)]
    [InlineData("user-1", "allocation\nrec-ranker", 3183301159u)]
    [InlineData("", "allocation\nrec-ranker", 2254989191u)]
    [InlineData("Ümit", "exp-42", 3168586843u)]
    public void A_slot_comes_from_the_marker_of_FeatureManagement(string unit, string seed, uint marker) =>
        Slots(new CompatibleHash([seed]), unit, 1).ShouldBe([CompatibleHash.OfMarker(marker)]);

    [Fact]
    public void Every_border_between_slots_is_where_FeatureManagement_compares_percentages()
    {
        var wrong = 0;
        for (var slot = 1; slot < SlotMap.Slots; slot++)
        {
            var border = slot * 100.0 / SlotMap.Slots;
            var near = (uint)(slot * (double)uint.MaxValue / SlotMap.Slots);
            for (var marker = near - 2; marker <= near + 2; marker++)
            {
                var percentage = marker / (double)uint.MaxValue * 100;
                if (percentage >= border != CompatibleHash.OfMarker(marker) >= slot)
                    wrong++;
            }
        }

        wrong.ShouldBe(0);
    }

    [Fact]
    public void The_greatest_marker_is_in_the_last_slot() => CompatibleHash.OfMarker(uint.MaxValue).ShouldBe(SlotMap.Slots - 1);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(20)]
    public void However_many_layers_and_however_long_the_unit_the_platforms_SHA256_gives_the_same_slots(int layers)
    {
        var random = new Random(layers);
        var hash = new CompatibleHash([.. Enumerable.Range(0, layers).Select(i => new string('s', i % 5) + random.Next())]);
        var expected = new int[layers];
        for (var length = 0; length < 300; length++)
        {
            var unit = new byte[length];
            random.NextBytes(unit);
            hash.OfLong(unit, expected);

            var slots = new int[layers];
            hash.Slots(unit, slots);
            slots.ShouldBe(expected, $"{length} bytes");
            if (length > 30)
                continue;
            hash.OneByOne(unit, slots);
            slots.ShouldBe(expected, $"{length} bytes, one by one");
        }
    }

    [Fact]
    public void A_unit_of_many_kilobytes_has_a_slot_too() =>
        Slots(new CompatibleHash(["seed"]), new string('x', 5000), 1).ShouldNotBe(Slots(new CompatibleHash(["seed"]), new string('x', 5001), 1));

    private static int[] Slots(CompatibleHash hash, string unit, int layers)
    {
        var slots = new int[layers];
        hash.Slots(Encoding.UTF8.GetBytes(unit), slots);
        return slots;
    }
}
