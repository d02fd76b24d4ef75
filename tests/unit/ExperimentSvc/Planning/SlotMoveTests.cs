using Shouldly;
using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Planning;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Planning;

public sealed class SlotMoveTests
{
    [Fact]
    public void Moves_are_counted_by_where_users_come_from_and_go_to()
    {
        SlotRange[] before = [new(0, 100, "x", "a"), new(100, 200, "x", "b"), new(300, 400, "y", "a")];
        SlotRange[] after = [new(0, 150, "x", "a"), new(150, 200, "x", "b"), new(200, 210, ReservedNames.Holdout, ReservedNames.Holdout)];
        SlotMove.Between(before, after).Select(static move => (move.From, move.To, move.Slots)).ShouldBe([("y/a", null, 100), ("x/b", "x/a", 50), (null, ReservedNames.Holdout, 10)]);
        SlotMove.Between(before, before).ShouldBeEmpty();
    }
}
