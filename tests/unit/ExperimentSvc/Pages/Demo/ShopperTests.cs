using Shouldly;
using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Pages.Demo;
using Splitrail.ExperimentSvc.Storefront;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Pages.Demo;

public sealed class ShopperTests
{
    [Fact]
    public void What_was_seen_is_told_oldest_first_and_once()
    {
        var shopper = Shopper.New("s", null).With(new Step(EventTypes.View, "a")).With(new Step(EventTypes.View, "b")).With(new Step(EventTypes.AddToCart, "a"));

        shopper.Seen.ShouldBe(["b", "a"]);
        shopper.Count.ShouldBe(3);
    }

    [Fact]
    public void A_step_keeps_the_list_before_it_and_reading_again_does_not()
    {
        var shopper = Shopper.New("s", null).Showing([new ShopItem { ItemId = "x" }]).With(new Step(EventTypes.View, "x")).Showing([new ShopItem { ItemId = "y" }]);

        shopper.Before.ShouldBe(["x"]);
        shopper.Showing([new ShopItem { ItemId = "z" }]).Before.ShouldBe(["x"]);
    }

    [Fact]
    public void An_event_goes_with_the_list_that_led_to_its_item()
    {
        var (_, told) = DemoShop.Take(Shopper.New("s", "u").With(new Step(EventTypes.View, "a", Request: "r1")), new Step(EventTypes.Purchase, "a"), quantity: 1, value: 2.5);

        told.ShouldBe(new SentEvent("s-2-purchase", EventTypes.Purchase, "a", "u", "s", 1, 2.5, "r1"));
    }

    [Fact]
    public void Only_so_many_steps_and_items_are_kept()
    {
        var shopper = Enumerable.Range(0, 40).Aggregate(Shopper.New("s", null), static (one, i) => one.With(new Step(EventTypes.View, $"i{i}")).Adding($"i{i}"));

        shopper.Steps.Count.ShouldBe(16);
        shopper.Cart.Count.ShouldBe(12);
        shopper.Count.ShouldBe(40);
    }
}
