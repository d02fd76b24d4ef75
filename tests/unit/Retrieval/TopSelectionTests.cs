using Shouldly;
using Splitrail.Retrieval;
using Xunit;

namespace Splitrail.Tests.Unit.Retrieval;

public sealed class TopSelectionTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    [InlineData(1000)]
    public void It_finds_what_a_full_sort_would(int wanted)
    {
        var random = new Random(11);
        var scores = Enumerable.Range(0, 500).Select(_ => random.Next(60) / 10f).ToArray();
        var allowed = ItemBitmap.All(500);
        for (var i = 0; i < 500; i += 3)
            allowed[i] = false;
        var best = new int[wanted];

        var found = TopSelection.Select(scores, allowed, best);

        var sorted = Enumerable.Range(0, 500).Where(i => i % 3 != 0).OrderByDescending(i => scores[i]).Take(wanted).ToArray();
        best[..found].Select(i => scores[i]).ShouldBe(sorted.Select(i => scores[i]));
        best[..found].Distinct().Count().ShouldBe(found);
        best[..found].ShouldAllBe(i => i % 3 != 0);
    }

    [Fact]
    public void Ties_are_ordered_by_position()
    {
        var best = new int[3];

        TopSelection.Select([1f, 2f, 2f, 2f], ItemBitmap.All(4), best);

        best.ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void Nothing_at_or_below_the_floor_is_taken()
    {
        var best = new int[3];

        TopSelection.Select([0f, 1f, -1f], ItemBitmap.All(3), best, above: 0f).ShouldBe(1);
        best[0].ShouldBe(1);
    }
}
