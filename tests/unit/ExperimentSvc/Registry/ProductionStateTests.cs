using Shouldly;
using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Registry;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Registry;

public sealed class ProductionStateTests
{
    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);

    [Fact]
    public void Rollbacks_go_back_one_after_the_other_and_never_to_what_was_left_as_bad()
    {
        var state = Activate(Activate(Activate(new ProductionState(), "a"), "b"), "c");
        state.RollsBackTo.ShouldBe(Both("b"));

        state = state.RollBack(Both("b"), 2);
        (state.Lineup, state.Previous, state.RollsBackTo).ShouldBe((Both("b"), Both("c"), Both("a")));
        state = Activate(state.RollBack(Both("a"), 3), "d");
        (state.Lineup, state.RollsBackTo).ShouldBe((Both("d"), Both("a")));
    }

    [Fact]
    public void The_first_activation_has_nothing_to_be_watched_against()
    {
        var first = Activate(new ProductionState(), "a");
        (first.Watch, first.Previous, first.RollsBackTo).ShouldBe((null, null, null));
        Activate(first, "b").Watch.ShouldBe(new ActivationWatch(1, 1 + (long)s_day.TotalMilliseconds));
        Activate(first, "b").RollBack(Both("a"), 2).Watch.ShouldBeNull();
    }

    [Fact]
    public void The_trail_is_bounded()
    {
        var state = Enumerable.Range(0, 50).Aggregate(new ProductionState(), static (state, i) => Activate(state, $"m{i}"));
        state.Trail.Count.ShouldBe(ProductionState.MostRemembered);
        state.RollsBackTo.ShouldBe(Both("m48"));
    }

    private static ProductionState Activate(ProductionState state, string version) => state.Activate(Both(version), 1, s_day);

    private static ModelLineup Both(string version) => new(version, version);
}
