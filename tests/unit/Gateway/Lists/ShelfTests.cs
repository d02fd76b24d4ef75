using Shouldly;
using Splitrail.Contracts;
using Splitrail.Gateway.Lists;
using Xunit;
using static Splitrail.Tests.Unit.Gateway.GatewayBench;

namespace Splitrail.Tests.Unit.Gateway.Lists;

public sealed class ShelfTests
{
    private static readonly RankedList s_list = new("m", ["als"], [Ranked("a", 3), Ranked("b", 2), Ranked("a", 1), Ranked("c", float.PositiveInfinity)], 4, "m");

    [Fact]
    public void Items_come_once_and_in_order()
    {
        var shelf = ShelfOf(10);
        shelf.AddAll(s_list, ReasonWords.Impersonal);
        shelf.Items.Select(static item => item.ItemId).ShouldBe(["a", "b", "c"]);
    }

    [Fact]
    public void It_holds_no_more_than_was_asked_for()
    {
        var shelf = ShelfOf(2);
        shelf.AddAll(s_list, ReasonWords.Impersonal);
        shelf.Items.Count.ShouldBe(2);
        shelf.IsFull.ShouldBeTrue();
    }

    [Fact]
    public void A_score_that_JSON_cannot_say_is_zero()
    {
        var shelf = ShelfOf(10);
        shelf.AddAll(s_list, ReasonWords.Impersonal);
        shelf.Items[2].Score.ShouldBe(0);
    }

    [Theory]
    [InlineData(true, 0.5)]
    [InlineData(false, null)]
    public void Signals_are_shown_when_asked_for(bool explain, double? signal)
    {
        var shelf = ShelfOf(1, explain);
        shelf.AddAll(s_list, ReasonWords.Impersonal);
        shelf.Items[0].Signals?["als"].ShouldBe(signal!.Value);
        (shelf.Items[0].Signals is null).ShouldBe(signal is null);
    }

    [Fact]
    public void A_pinned_item_keeps_its_place_where_something_before_it_is_gone()
    {
        var list = new RankedList("m", [], [Ranked("gone", 3), Ranked("a", 2), Ranked("c", 0), Ranked("b", 1)], 4, "m", [new PinnedItem("c", 3, "rule"), new PinnedItem("sold", 1, "rule")]);
        var shelf = ShelfOf(10);
        shelf.AddAll(list, ReasonWords.Impersonal);
        shelf.Items.Select(static item => item.ItemId).ShouldBe(["a", "b", "c"]);
    }

    private static Shelf ShelfOf(int count, bool explain = false) =>
        new(ServeFilter.Of(Catalog(Item("a"), Item("b"), Item("c")), ItemFilters.Default, [], UserContext.Empty, 0), count, explain);

    private static RankedItem Ranked(string id, float score) => new(id, score, ["als"], [0.5f]);
}
