using Shouldly;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Planning;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Planning;

public sealed class PlanTests
{
    private static readonly DateTimeOffset s_now = DateTimeOffset.FromUnixTimeMilliseconds(1_800_000_000_000);

    [Fact]
    public void The_later_of_days_and_units_is_the_planned_end()
    {
        var plan = Plan.Of(Planned(days: 3, units: 2000), s_now.AddDays(-1).ToUnixTimeMilliseconds(), new UnitFlow(1000, 100), s_now);
        plan.PlannedEnd.ShouldBe(s_now.AddDays(10));
        Plan.Of(Planned(days: 30, units: 2000), s_now.AddDays(-1).ToUnixTimeMilliseconds(), new UnitFlow(1000, 100), s_now).PlannedEnd.ShouldBe(s_now.AddDays(29));
    }

    [Fact]
    public void A_schedule_speaks_before_the_horizon()
    {
        var scheduled = Planned(days: 3, units: null) with { Schedule = new PlannedSchedule { End = s_now.AddDays(5) } };
        Plan.Of(scheduled, null, default, s_now).PlannedEnd.ShouldBe(s_now.AddDays(5));
    }

    [Fact]
    public void More_units_mean_more_power_and_an_uneven_split_needs_more()
    {
        var even = Plan.Of(Planned(days: 10), s_now.ToUnixTimeMilliseconds(), new UnitFlow(0, 5_000), s_now);
        var faster = Plan.Of(Planned(days: 10), s_now.ToUnixTimeMilliseconds(), new UnitFlow(0, 10_000), s_now);
        var uneven = Plan.Of(Planned(days: 10, control: 0.9), s_now.ToUnixTimeMilliseconds(), new UnitFlow(0, 5_000), s_now);
        faster.PowerAtEnd!.Value.ShouldBeGreaterThan(even.PowerAtEnd!.Value);
        uneven.PowerAtEnd!.Value.ShouldBeLessThan(even.PowerAtEnd.Value);
        uneven.UnitsNeeded!.Value.ShouldBeGreaterThan(even.UnitsNeeded!.Value);
        faster.UnitsReached!.Value.ShouldBeLessThan(even.UnitsReached!.Value);
    }

    [Fact]
    public void What_cannot_be_known_is_left_out()
    {
        var plan = Plan.Of(Planned(days: null, units: 100) with { Metrics = [] }, null, default, s_now);
        plan.ShouldBe(new Plan(0, null, null, null, null, null, null));
    }

    private static DefinedExperiment Planned(double? days = null, long? units = null, double control = 0.5) => new()
    {
        Id = "x",
        Arms = [new DefinedArm { Id = "a", Control = true, Share = control }, new DefinedArm { Id = "b", Share = 1 - control }],
        Horizon = new PlannedHorizon { Days = days, Units = units },
        Metrics = [new DefinedMetric { Name = "conversion", Role = MetricRoles.Goal, Baseline = 0.05, MinimumEffect = 0.1 }],
    };
}
