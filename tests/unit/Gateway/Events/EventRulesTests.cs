using Shouldly;
using Splitrail.Contracts;
using Splitrail.Gateway.Events;
using Splitrail.Input;
using Xunit;

namespace Splitrail.Tests.Unit.Gateway.Events;

public sealed class EventRulesTests
{
    private static readonly DateTimeOffset s_now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly EventRequest s_view = new(Type: "view", UserId: "u", ItemId: "i");

    [Fact]
    public void Money_becomes_fixed_point()
    {
        Read(s_view with { Type = "purchase", Value = 2.55m, Quantity = 6 }, out var made).ShouldBeNull();

        (made!.ValueMicros, made.Quantity).ShouldBe((2_550_000, 6));
    }

    [Fact]
    public void What_is_left_out_is_filled_in()
    {
        Read(s_view, out var made).ShouldBeNull();

        made!.EventId.Length.ShouldBe(32);
        (made.TimestampMs, made.Quantity, made.ValueMicros).ShouldBe((s_now.ToUnixTimeMilliseconds(), 1, 0));
    }

    [Theory]
    [InlineData("2026-05-01T11:00:00Z", 11)]
    [InlineData("2026-05-01T13:00:00+02:00", 11)]
    [InlineData("2026-05-01T11:00:00", 11)]
    [InlineData("2026-05-01T11:00", 11)]
    [InlineData("2026-05-01T11:00:00.000Z", 11)]
    public void Times_are_understood_and_are_UTC_without_an_offset(string text, int hour)
    {
        Read(s_view with { Timestamp = text }, out var made).ShouldBeNull();

        DateTimeOffset.FromUnixTimeMilliseconds(made!.TimestampMs).Hour.ShouldBe(hour);
    }

    [Theory]
    [InlineData("2026-05-02T12:00:00Z", true)]
    [InlineData("2026-05-02T12:00:01Z", false)]
    [InlineData("1969-12-31T23:59:59Z", false)]
    [InlineData("0001-01-01T00:00:00Z", false)]
    [InlineData("05/01/2026", false)]
    [InlineData("2026-05-01", false)]
    [InlineData("now", false)]
    [InlineData("", false)]
    public void A_time_is_within_reason(string text, bool good) =>
        Read(s_view with { Timestamp = text }, out _)?.Member.ShouldBe(good ? null : "timestamp");

    public static TheoryData<string, object> Faulty => new()
    {
        { "type", s_view with { Type = null } },
        { "type", s_view with { Type = "VIEW" } },
        { "user_id", s_view with { UserId = null } },
        { "user_id", s_view with { UserId = "" } },
        { "session_id", s_view with { SessionId = "a b" } },
        { "item_id", s_view with { ItemId = null } },
        { "event_id", s_view with { EventId = "a\nb" } },
        { "request_id", s_view with { RequestId = "" } },
        { "quantity", s_view with { Quantity = 0 } },
        { "quantity", s_view with { Quantity = 100_001 } },
        { "value", s_view with { Value = -0.01m } },
        { "value", s_view with { Value = 1_000_000_001 } },
        { "value", s_view with { Type = "rating" } },
        { "value", s_view with { Type = "rating", Value = 10.5m } },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public void The_member_that_breaks_a_rule_is_named(string member, object request) =>
        EventRules.Read((EventRequest)request, "events[2].", s_now, out _).ShouldNotBeNull().Member.ShouldBe($"events[2].{member}");

    [Fact]
    public void A_missing_event_is_named_by_its_place() => EventRules.Read(null, "events[2].", s_now, out _).ShouldNotBeNull().Member.ShouldBe("events[2]");

    private static InputFault? Read(EventRequest request, out ShopEvent? made) => EventRules.Read(request, "", s_now, out made);
}
