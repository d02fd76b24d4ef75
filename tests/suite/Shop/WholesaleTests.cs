using System.Net;
using Shouldly;
using Xunit;

namespace Splitrail.Tests.Suite.Shop;

[Collection(RunningShopCollection.Name)]
public sealed class WholesaleTests(RunningShop shop)
{
    [Fact]
    public async Task A_customer_who_buys_more_than_a_history_holds_is_still_not_offered_it_again()
    {
        var items = (await shop.Client.GetAsync("/v1/popular?num_items=150")).GetProperty("items").EnumerateArray()
            .Select(static item => item.GetProperty("item_id").GetString()!).ToArray();
        // What he bought lies behind 600 views of newer items that are not in the catalogue.
        var bought = items.Select((id, i) => new { event_id = $"whole-{i}", type = "purchase", user_id = "wholesaler", item_id = id, timestamp = Ago(20) });
        var viewed = Enumerable.Range(0, 600).Select(static i => new { event_id = $"look-{i}", type = "view", user_id = "wholesaler", item_id = $"elsewhere-{i}", timestamp = Ago(1) });
        foreach (var batch in bought.Concat(viewed).Chunk(100))
            (await shop.Client.PostAsync("/v1/events", new { events = batch })).ShouldBe(HttpStatusCode.Accepted);

        await Eventually.ReachesAsync(
            () => shop.Client.RecommendAsync(new { user_id = "wholesaler", num_items = 100 }),
            answer => answer.Level == 0 && answer.Items.Count > 0 && !answer.Items.Intersect(items).Any(),
            "nothing of 150 items bought 20 days ago is offered");
    }

    private static DateTimeOffset Ago(int days) => TimeProvider.System.GetUtcNow().AddDays(-days);
}
