using Shouldly;
using Splitrail.ExperimentSvc.Storefront;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Storefront;

public sealed class ListChangeTests
{
    [Fact]
    public void What_came_went_rose_and_fell_is_told()
    {
        var change = ListChange.Between(["a", "b", "c", "d"], ["c", "x", "a", "d"]);

        change.Moves["c"].ShouldBe(new Move(2));
        change.Moves["x"].ShouldBe(new Move(0, IsNew: true));
        change.Moves["a"].ShouldBe(new Move(-2));
        change.Moves["d"].ShouldBe(new Move(0));
        change.Left.ShouldBe(["b"]);
        change.Came.ShouldBe(1);
        change.IsSame.ShouldBeFalse();
    }

    [Fact]
    public void Two_equal_lists_are_the_same() => ListChange.Between(["a", "b"], ["a", "b"]).IsSame.ShouldBeTrue();

    [Fact]
    public void Without_a_list_before_nothing_is_new() => ListChange.Between([], ["a"]).Moves.ShouldBeEmpty();
}
