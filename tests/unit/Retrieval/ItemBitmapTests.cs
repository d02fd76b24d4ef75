using Shouldly;
using Splitrail.Retrieval;
using Xunit;

namespace Splitrail.Tests.Unit.Retrieval;

public sealed class ItemBitmapTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    public void All_sets_every_item_and_nothing_beyond(int count) => ItemBitmap.All(count).CountSet().ShouldBe(count);

    [Fact]
    public void Union_and_intersection_work_across_words()
    {
        var (a, b) = (new ItemBitmap(130), new ItemBitmap(130));
        a[1] = a[129] = b[129] = b[64] = true;
        var both = a.Clone();
        both.IntersectWith(b);
        a.UnionWith(b);

        Set(both).ShouldBe([129]);
        Set(a).ShouldBe([1, 64, 129]);
    }

    [Fact]
    public void An_item_can_be_taken_out_again()
    {
        var bitmap = ItemBitmap.All(70);
        bitmap[69] = false;

        bitmap[69].ShouldBeFalse();
        bitmap.CountSet().ShouldBe(69);
    }

    private static IEnumerable<int> Set(ItemBitmap bitmap) => Enumerable.Range(0, bitmap.Count).Where(item => bitmap[item]);
}
