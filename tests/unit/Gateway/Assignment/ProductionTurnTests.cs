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
    public void The_first_lineup_is_asked_for_at_once() => ProductionTurn.None.Next(s_one, _time).At(_time).ShouldBe(s_one);

    [Fact]
    public void The_next_one_is_asked_for_when_every_replica_had_the_time_to_load_it()
    {
        var turn = ProductionTurn.None.Next(s_one, _time).Next(s_two, _time);
        turn.At(_time).ShouldBe(s_one);
        _time.Advance(TimeSpan.FromMilliseconds(799));
        turn.At(_time).ShouldBe(s_one);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        turn.At(_time).ShouldBe(s_two);
    }

    [Fact]
    public void Another_edit_of_the_snapshot_does_not_put_it_off()
    {
        var turn = ProductionTurn.None.Next(s_one, _time).Next(s_two, _time);
        _time.Advance(TimeSpan.FromMilliseconds(500));
        turn.Next(s_two, _time).ShouldBeSameAs(turn);
    }
}
