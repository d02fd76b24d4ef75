using Shouldly;
using Splitrail.Contracts;
using Splitrail.Datasets;
using Splitrail.Features;
using Xunit;

namespace Splitrail.Tests.Unit.Features;

public sealed class UserContextBuilderTests
{
    [Fact]
    public void Events_of_one_item_add_up_and_the_newest_item_comes_first()
    {
        var builder = new UserContextBuilder();
        builder.Add(new EventRow(10, EventTypes.View, "u", null, "a"));
        builder.Add(new EventRow(20, EventTypes.Purchase, "u", null, "a", 3, 4_000_000));
        builder.Add(new EventRow(30, EventTypes.Purchase, "u", null, "b", 1, 1_000_000));
        builder.Add(new EventRow(40, EventTypes.View, "u", null, "a"));
        var context = builder.Build();
        context.EventCount.ShouldBe(4);
        context.LastEventMs.ShouldBe(40);
        context.MeanLogPrice!.Value.ShouldBe(Math.Log(2), 1e-9);
        context.History.Select(item => item.ItemId).ShouldBe(["a", "b"]);
        context.History[0].Weight.ShouldBe(1.4f, 1e-6f);
        (context.History[0].Bought, context.History[0].LastBoughtMs, context.History[0].LastMs).ShouldBe((1, 20, 40));
    }

    [Fact]
    public void Impressions_say_nothing_and_an_indifferent_rating_is_remembered_without_weight()
    {
        var builder = new UserContextBuilder();
        builder.Add(new EventRow(10, EventTypes.Impression, "u", null, "a"));
        builder.Build().ShouldBe(UserContext.Empty);
        builder.Add(new EventRow(20, EventTypes.Rating, "u", null, "b", 1, 2_000_000));
        var context = builder.Build();
        context.EventCount.ShouldBe(0);
        context.History.ShouldBe([new HistoryItem("b", 0, 20, 0, null, 2)]);
    }

    [Fact]
    public void The_last_stars_are_remembered_and_who_rates_what_he_bought_has_not_bought_it_again()
    {
        var builder = new UserContextBuilder();
        builder.Add(new EventRow(10, EventTypes.Purchase, "u", null, "a", 1, 2_000_000));
        builder.Add(new EventRow(20, EventTypes.Rating, "u", null, "a", 1, 2_000_000));
        builder.Add(new EventRow(30, EventTypes.Rating, "u", null, "a", 1, 4_500_000));
        builder.Add(new EventRow(40, EventTypes.View, "u", null, "a"));
        var item = builder.Build().History.ShouldHaveSingleItem();
        (item.Rating, item.Bought, item.LastBoughtMs).ShouldBe((4.5f, 1, 10));
    }

    [Fact]
    public void A_liked_rating_counts_as_bought_but_its_stars_are_no_price()
    {
        var builder = new UserContextBuilder();
        builder.Add(new EventRow(10, EventTypes.Rating, "u", null, "a", 1, 5_000_000));
        var context = builder.Build();
        context.History[0].Bought.ShouldBe(1);
        context.MeanLogPrice.ShouldBeNull();
    }

    [Fact]
    public void A_history_keeps_the_newest_items_only()
    {
        var builder = new UserContextBuilder();
        for (var i = 0; i < UserContext.MaxHistory + 5; i++)
            builder.Add(new EventRow(i, EventTypes.View, "u", null, $"item-{i}"));
        var context = builder.Build();
        context.History.Count.ShouldBe(UserContext.MaxHistory);
        context.History[0].ItemId.ShouldBe($"item-{UserContext.MaxHistory + 4}");
    }

    [Fact]
    public void What_was_bought_in_the_last_30_days_is_kept_however_much_it_is()
    {
        const int Bought = UserContext.MaxHistory * 2;
        var builder = new UserContextBuilder();
        builder.Add(new EventRow(0, EventTypes.Purchase, "u", null, "long-ago"));
        for (var i = 0; i < Bought; i++)
            builder.Add(new EventRow(UserContext.BoughtWindowMs + i, EventTypes.Purchase, "u", null, $"item-{i}"));

        var history = builder.Build().History;

        history.Count.ShouldBe(Bought);
        history.ShouldAllBe(static item => item.ItemId != "long-ago");
    }
}
