using Shouldly;
using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Ingestion;
using Splitrail.ExperimentSvc.Metrics;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Ingestion;

public sealed class QuantityCountsTests
{
    private const long Hour = 3_600_000;
    private const long Day = 24 * Hour;
    private static int s_ids;

    [Fact]
    public void A_click_belongs_to_the_impression_of_its_request_and_counts_once()
    {
        var counts = Of(
            Event(EventTypes.Impression, "a", 1, "r1"), Event(EventTypes.Impression, "b", 1, "r1"), Event(EventTypes.Impression, "a", 1, "r1"), Event(EventTypes.Impression, "a", 5, "r2"),
            Event(EventTypes.Impression, "a", 5),
            Event(EventTypes.Click, "a", 2, "r1"), Event(EventTypes.Click, "a", 3, "r1"), Event(EventTypes.Click, "c", 3, "r1"), Event(EventTypes.Click, "b", 3), Event(EventTypes.Click, "a", 4, "r2"));
        counts[Quantity.Impressions].ShouldBe(3);
        counts[Quantity.Clicks].ShouldBe(1, "of r2 the click is before the impression, of c there is none, and one names no request");
        counts[Quantity.ItemsViewed].ShouldBe(3);
    }

    [Fact]
    public void A_purchase_is_attributed_for_a_day_after_a_click_on_the_item()
    {
        var counts = Of(
            Event(EventTypes.Impression, "a", 0, "r1"), Event(EventTypes.Click, "a", Hour, "r1"), Event(EventTypes.Impression, "b", 0, "r1"),
            Event(EventTypes.Purchase, "a", Hour + Day, amount: 5), Event(EventTypes.Purchase, "a", Hour + Day + 1, amount: 7), Event(EventTypes.Purchase, "a", Hour - 1, amount: 11),
            Event(EventTypes.Purchase, "b", Hour + 1, amount: 13), Event(EventTypes.AddToCart, "a", Hour), Event(EventTypes.AddToCart, "b", Hour));
        counts[Quantity.Purchases].ShouldBe(1);
        counts[Quantity.AttributedRevenue].ShouldBe(5);
        counts[Quantity.Converted].ShouldBe(1);
        counts[Quantity.Carts].ShouldBe(1);
        counts[Quantity.Revenue].ShouldBe(36);
        counts[Quantity.Orders].ShouldBe(4);
        counts[Quantity.ActiveDays].ShouldBe(2);
    }

    [Fact]
    public void Purchases_of_one_moment_are_one_order() =>
        Of(Event(EventTypes.Purchase, "a", 7, amount: 1), Event(EventTypes.Purchase, "b", 7, amount: 2), Event(EventTypes.Purchase, "a", 8, amount: 1))[Quantity.Orders].ShouldBe(2);

    [Fact]
    public void Order_does_not_matter()
    {
        var random = new Random(11);
        var events = Enumerable.Range(0, 300).Select(i => Event(
            EventTypes.All[random.Next(EventTypes.All.Count)], $"i{random.Next(9)}", random.NextInt64(3 * Day), random.Next(3) == 0 ? null : $"r{random.Next(20)}", random.Next(100))).ToArray();
        var expected = QuantityCounts.Of(events, Day);
        for (var i = 0; i < 50; i++)
        {
            random.Shuffle(events);
            QuantityCounts.Of(events, Day).ShouldBe(expected);
        }
    }

    private static Dictionary<Quantity, decimal> Of(params Outcome[] outcomes) =>
        QuantityCounts.Of(outcomes, Day).Select(static (micros, i) => ((Quantity)i, micros / 1e6m)).ToDictionary();

    private static Outcome Event(string type, string item, long at, string? request = null, int amount = 0) =>
        new($"e{s_ids++}", type, "anna", null, item, at, type == EventTypes.Purchase ? amount * QuantityCounts.One : 0, request, 0);
}
