using Shouldly;
using Splitrail.Contracts;
using Splitrail.Gateway.Assignment;
using Xunit;

namespace Splitrail.Tests.Unit.Gateway.Assignment;

public sealed class ProductionTurnTests
{
    private static readonly ModelLineup s_one = new("m1", "m1");
    private static readonly ModelLineup s_two = new("m2", "m2");
    private readonly ManualTime _time = new();

    [Fact]
    public void The_first_lineup_is_asked_for_at_once()
    {
        var turn = ProductionTurn.None.Next(s_one, 1, _time);
        (turn.From, turn.IsOver).ShouldBe((s_one, true));
    }

    [Fact]
    public void The_next_one_is_asked_for_when_the_turn_is_over()
    {
        var turn = ProductionTurn.None.Next(s_one, 1, _time).Next(s_two, 2, _time);
        (turn.From, turn.Snapshot, turn.IsOver).ShouldBe((s_one, 2, false));
        (turn.Over().From, turn.Over().IsOver).ShouldBe((s_two, true));
    }

    [Fact]
    public void Patience_ends_before_the_two_seconds_of_an_activation()
    {
        var turn = ProductionTurn.None.Next(s_one, 1, _time).Next(s_two, 2, _time);
        turn.IsOutOfPatience(_time).ShouldBeFalse();
        _time.Advance(TimeSpan.FromMilliseconds(1199));
        turn.IsOutOfPatience(_time).ShouldBeFalse();
        _time.Advance(TimeSpan.FromMilliseconds(1));
        turn.IsOutOfPatience(_time).ShouldBeTrue();
    }

    [Fact]
    public void Another_edit_of_the_snapshot_does_not_put_it_off()
    {
        var turn = ProductionTurn.None.Next(s_one, 1, _time).Next(s_two, 2, _time);
        _time.Advance(TimeSpan.FromMilliseconds(500));
        turn.Next(s_two, 3, _time).ShouldBeSameAs(turn);
    }

    [Fact]
    public void A_change_back_in_the_middle_of_a_turn_goes_on_with_what_is_asked_for()
    {
        var turn = ProductionTurn.None.Next(s_one, 1, _time).Next(s_two, 2, _time).Next(s_one, 3, _time);
        (turn.From, turn.IsOver).ShouldBe((s_one, true));
    }
}
