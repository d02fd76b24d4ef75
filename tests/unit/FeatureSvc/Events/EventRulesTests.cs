using Shouldly;
using Splitrail.Contracts;
using Splitrail.FeatureSvc.Events;
using Xunit;

namespace Splitrail.Tests.Unit.FeatureSvc.Events;

public sealed class EventRulesTests
{
    private static readonly DateTimeOffset s_now = DateTimeOffset.FromUnixTimeMilliseconds(1_760_000_000_000);
    private static readonly ShopEvent s_good = new("1", EventTypes.View, "anna", null, "a", s_now.ToUnixTimeMilliseconds());

    [Fact]
    public void An_event_of_today_is_good() => EventRules.FaultOf(s_good, s_now).ShouldBeNull();

    [Fact]
    public void A_clock_that_is_an_hour_ahead_is_forgiven_and_one_of_next_week_is_not()
    {
        EventRules.FaultOf(s_good with { TimestampMs = s_now.AddHours(1).ToUnixTimeMilliseconds() }, s_now).ShouldBeNull();
        EventRules.FaultOf(s_good with { TimestampMs = s_now.AddDays(7).ToUnixTimeMilliseconds() }, s_now).ShouldNotBeNull().ShouldContain("tomorrow");
    }

    [Fact]
    public void A_missing_type_is_told_and_no_crash() => EventRules.FaultOf(s_good with { Type = null! }, s_now).ShouldNotBeNull();
}
