using System.Globalization;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.Trainer.DemoShop;
using Xunit;

namespace Splitrail.Tests.Unit.Trainer.DemoShop;

public sealed class DemoPopulationTests(DemoShopScene scene) : IClassFixture<DemoShopScene>
{
    private static readonly DemoShopOptions s_shop = new(Seed: 5, Users: 40, Guests: 300, Items: 400, Days: 20);

    [Fact]
    public void Known_users_clicked_in_the_history_what_suits_their_taste()
    {
        var population = new DemoPopulation(DemoShopScene.Options);
        var (own, others) = (0.0, 0.0);
        foreach (var click in scene.Events.Where(static row => row is { Type: EventTypes.Click, UserId: not null }))
        {
            var number = int.Parse(click.UserId![1..], CultureInfo.InvariantCulture) - 1;
            var (who, stranger) = (population.User(number), population.User((number + 1) % DemoShopScene.Options.Users));
            var item = population.Find(click.ItemId)!;
            own += ClickModel.Appeal(who, item, who.Taste);
            others += ClickModel.Appeal(stranger, item, stranger.Taste);
        }

        own.ShouldBeGreaterThan(2 * Math.Abs(others));
    }

    [Fact]
    public void A_person_is_drawn_the_same_again_and_new_guests_are_not_those_of_the_history()
    {
        var population = new DemoPopulation(s_shop);
        population.User(3).Taste.ShouldBe(new DemoPopulation(s_shop).User(3).Taste);
        population.NewGuest(0).Taste.ShouldBe(new DemoPopulation(s_shop with { Guests = 0 }).NewGuest(s_shop.Guests).Taste);
        population.NewGuest(0).Taste.ShouldNotBe(population.NewGuest(1).Taste);
    }

    [Fact]
    public void An_item_that_the_shop_does_not_have_is_nothing() => new DemoPopulation(s_shop).Find("sku-99999").ShouldBeNull();
}
