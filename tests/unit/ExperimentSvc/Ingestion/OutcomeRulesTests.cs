using System.Text.Json;
using Shouldly;
using Splitrail.ExperimentSvc.Ingestion;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Ingestion;

public sealed class OutcomeRulesTests
{
    private const string Good = """{"event_id":"e1","type":"purchase","user_id":"anna","item_id":"i","timestamp_ms":1000,"quantity":2,"value_micros":1500000}""";
    private static readonly DateTimeOffset s_now = DateTimeOffset.FromUnixTimeMilliseconds(10_000);

    [Fact]
    public void A_purchase_costs_its_price_times_its_pieces()
    {
        OutcomeRules.Read(JsonElement.Parse(Good), s_now, out var outcome).ShouldBeNull();
        outcome!.AmountMicros.ShouldBe(3_000_000);
        outcome.Units().ShouldBe(["u:anna"]);
    }

    [Theory]
    [InlineData("1500000", "-1", QualityReasons.NegativeValue)]
    [InlineData("1500000", "\"NaN\"", QualityReasons.NotANumber)]
    [InlineData("1500000", "1.5", QualityReasons.Unreadable)]
    [InlineData("1500000", "900000000000000000", QualityReasons.OutOfRange)]
    [InlineData("\"quantity\":2", "\"quantity\":0", QualityReasons.OutOfRange)]
    [InlineData("purchase", "purchse", QualityReasons.UnknownType)]
    [InlineData("\"user_id\":\"anna\",", "", QualityReasons.BadId)]
    [InlineData("anna", "an\\u0000na", QualityReasons.BadId)]
    [InlineData("\"item_id\":\"i\",", "", QualityReasons.BadId)]
    [InlineData(":1000,", ":86410001,", QualityReasons.FromTheFuture)]
    [InlineData(":1000,", ":-1,", QualityReasons.BadTime)]
    public void A_bad_event_is_refused_for_its_reason(string good, string bad, string reason)
    {
        var element = JsonElement.Parse(Good.Replace(good, bad, StringComparison.Ordinal));
        OutcomeRules.Read(element, s_now, out _)!.Reason.ShouldBe(reason);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("7")]
    public void What_is_no_event_is_unreadable(string json) => OutcomeRules.Read(JsonElement.Parse(json), s_now, out _)!.Reason.ShouldBe(QualityReasons.Unreadable);

    [Theory]
    [InlineData("e1")]
    [InlineData("anna")]
    public void Half_of_a_surrogate_pair_is_unreadable_and_no_id(string good)
    {
        var element = JsonElement.Parse(Good.Replace(good, "\\ud800", StringComparison.Ordinal));
        var fault = OutcomeRules.Read(element, s_now, out _)!;
        fault.Reason.ShouldBe(QualityReasons.Unreadable);
        OutcomeRules.Refused(element, fault).EventId.ShouldBe(good == "e1" ? null : "e1");
    }

    [Fact]
    public void A_megabyte_is_too_large()
    {
        var element = JsonElement.Parse(Good.Replace("anna", new string('x', 1 << 20), StringComparison.Ordinal));
        var fault = OutcomeRules.Read(element, s_now, out _)!;
        fault.Reason.ShouldBe(QualityReasons.TooLarge);
        OutcomeRules.Refused(element, fault).EventId.ShouldBe("e1");
    }

    [Theory]
    [InlineData("anna", "monitor-1", "*@shop.example", "bot-*", false)]
    [InlineData("monitor-1", "monitor-1", "*@shop.example", "bot-*", true)]
    [InlineData("monitor-12", "monitor-1", "*@shop.example", "bot-*", false)]
    [InlineData("bot-7", "monitor-1", "*@shop.example", "bot-*", true)]
    [InlineData("eve@shop.example", "monitor-1", "*@shop.example", "bot-*", true)]
    public void People_are_excluded_by_id_beginning_or_end(string id, string one, string two, string three, bool excluded) =>
        new ExclusionRules([one, two, three]).Excludes(id).ShouldBe(excluded);
}
