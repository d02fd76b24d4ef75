using Shouldly;
using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Ingestion;
using Splitrail.ExperimentSvc.Metrics;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Ingestion;

public sealed class ShownItemsTests
{
    [Fact]
    public void Items_are_counted_once_by_request_and_are_as_many_as_click_through_has_impressions()
    {
        Outcome[] outcomes =
        [
            Event("b", "r1"), Event("a", "r1"), Event("a", "r1"), Event("a", "r2"), Event("odd=1|x+", "r2"), Event("plain", null), Event("a", "r3") with { Type = EventTypes.Click },
        ];
        var text = ShownItems.Of(outcomes);
        text.ShouldBe("2=a 1=b 1=odd=1|x+");
        ShownItems.Of([.. outcomes.Reverse()]).ShouldBe(text);
        ShownItems.Read(text).ShouldBe([("a", 2), ("b", 1), ("odd=1|x+", 1)]);
        ShownItems.Read(text).Sum(static one => one.Times).ShouldBe(QuantityCounts.Of(outcomes, 1)[(int)Quantity.Impressions] / QuantityCounts.One);
        ShownItems.Read("").ShouldBeEmpty();
    }

    private static Outcome Event(string item, string? request) => Outcome.Of(new ShopEvent("e", EventTypes.Impression, "u", null, item, 5, RequestId: request), 0);
}
