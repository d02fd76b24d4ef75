using System.Net;
using Shouldly;
using Xunit;

namespace Splitrail.Tests.Suite.Shop;

[Collection(RunningShopCollection.Name)]
public sealed class RecommendationTests(RunningShop shop)
{
    [Fact]
    public async Task Known_users_get_full_and_different_lists()
    {
        var users = await shop.Client.UsersAsync(5);
        var answers = new List<Answer>();
        foreach (var user in users)
            answers.Add(await shop.Client.RecommendAsync(new { user_id = user, num_items = 10 }));

        answers.ShouldAllBe(static answer => answer.Status == HttpStatusCode.OK && answer.Level == 0 && answer.Items.Count == 10);
        answers.Select(static answer => string.Join(' ', answer.Items)).Distinct().Count().ShouldBe(users.Count);
    }

    [Fact]
    public async Task Items_come_with_title_price_sources_and_a_reason()
    {
        var user = (await shop.Client.UsersAsync(1))[0];

        var answer = await shop.Client.RecommendAsync(new { user_id = user, num_items = 5 });

        foreach (var item in answer.Body.GetProperty("recommendations").EnumerateArray())
        {
            item.GetProperty("metadata").GetProperty("title").GetString().ShouldNotBeNullOrEmpty();
            item.GetProperty("metadata").GetProperty("price").GetDecimal().ShouldBeGreaterThan(0);
            item.GetProperty("sources").GetArrayLength().ShouldBeGreaterThan(0);
            item.GetProperty("reason").GetString().ShouldNotBeNullOrEmpty();
        }
    }

    [Fact]
    public async Task What_a_user_would_rate_is_said_with_its_spread_which_shrinks_with_his_own_stars()
    {
        // By its name the last of all users: other tests take the first ones.
        var before = await Eventually.ReachesAsync(() => PredictedAsync("zz-rates-a-lot"), static all => all.Length == 10, "ratings are predicted", TimeSpan.FromSeconds(60));
        before.ShouldAllBe(static one => one.Stars >= 1 && one.Stars <= 5 && one.Spread > 0.1 && one.Low <= one.Stars && one.Stars <= one.High);
        var catalogue = await shop.Client.GetAsync("/v1/popular?num_items=60");
        var events = catalogue.GetProperty("items").EnumerateArray().Select(static item => item.GetProperty("item_id").GetString()!)
            .Select(static (item, n) => new { event_id = $"zz-rates-a-lot-{n}", type = "rating", user_id = "zz-rates-a-lot", item_id = item, value = 1 + n % 2 }).ToArray();
        (await shop.Client.PostAsync("/v1/events", new { events })).ShouldBe(HttpStatusCode.Accepted);

        // Who gives one and two stars to everything is expected to go on, and more surely so.
        await Eventually.ReachesAsync(
            () => PredictedAsync("zz-rates-a-lot"),
            after => after.Length == 10 && after.Average(static one => one.Stars) < before.Average(static one => one.Stars) - 0.5 && after.Average(static one => one.Spread) < before.Average(static one => one.Spread),
            "the ratings count", TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task An_unknown_user_gets_a_cold_answer_and_no_404()
    {
        var answer = await shop.Client.RecommendAsync(new { user_id = "nobody-ever-saw-me", num_items = 10 });

        answer.Status.ShouldBe(HttpStatusCode.OK);
        answer.Level.ShouldBe(0);
        answer.Items.Count.ShouldBe(10);
        answer.Items.ShouldBeUnique();
    }

    [Fact]
    public async Task A_guest_with_items_gets_what_goes_with_them_and_not_the_items_themselves()
    {
        var popular = await shop.Client.GetAsync("/v1/popular?num_items=50");
        var items = popular.GetProperty("items").EnumerateArray().Select(static item => item.GetProperty("item_id").GetString()!).ToArray();

        var first = await shop.Client.RecommendAsync(new { session_id = "g1", session_items = new[] { items[0], items[1] }, num_items = 10 });
        var other = await shop.Client.RecommendAsync(new { session_id = "g2", session_items = new[] { items[40], items[45] }, num_items = 10 });

        first.Level.ShouldBe(0);
        first.Items.Count.ShouldBe(10);
        first.Items.ShouldNotContain(items[0]);
        first.Items.ShouldNotContain(items[1]);
        first.Items.ShouldNotBe(other.Items);
    }

    [Fact]
    public async Task A_guests_list_changes_with_one_click()
    {
        var popular = await shop.Client.GetAsync("/v1/popular?num_items=50");
        var clicked = popular.GetProperty("items")[30].GetProperty("item_id").GetString();
        var request = new { session_id = "guest-of-one-click", num_items = 10 };
        var before = await shop.Client.RecommendAsync(request);

        (await shop.Client.PostAsync("/v1/events", new { event_id = "one-click", type = "click", request.session_id, item_id = clicked })).ShouldBe(HttpStatusCode.Accepted);

        var after = await Eventually.ReachesAsync(() => shop.Client.RecommendAsync(request), answer => !answer.Items.SequenceEqual(before.Items), "another list after the click");
        after.Level.ShouldBe(0);
        after.Items.Count.ShouldBe(10);
    }

    [Fact]
    public async Task Nothing_bought_in_the_last_30_days_is_offered()
    {
        var user = (await shop.Client.UsersAsync(1))[0];
        var offered = (await shop.Client.RecommendAsync(new { user_id = user, num_items = 3 })).Items[0];
        (await shop.Client.PostAsync("/v1/events", new { event_id = $"buy-{Guid.NewGuid():N}", type = "purchase", user_id = user, item_id = offered, quantity = 1 }))
            .ShouldBe(HttpStatusCode.Accepted);

        await Eventually.ReachesAsync(
            () => shop.Client.RecommendAsync(new { user_id = user, num_items = 100 }),
            answer => !answer.Items.Contains(offered),
            $"user {user} is no longer offered {offered}, which he just bought");
    }

    [Fact]
    public async Task A_filter_on_category_and_price_holds_for_every_item()
    {
        var category = (await shop.Client.RecommendAsync(new { session_id = "g3", num_items = 1 }))
            .Body.GetProperty("recommendations")[0].GetProperty("metadata").GetProperty("category").GetString()!;

        var answer = await shop.Client.RecommendAsync(new { session_id = "g3", num_items = 10, filters = new { categories = new[] { category }, max_price = 1000 } });

        answer.Items.Count.ShouldBeGreaterThan(0);
        foreach (var item in answer.Body.GetProperty("recommendations").EnumerateArray())
            item.GetProperty("metadata").GetProperty("category").GetString().ShouldBe(category);
    }

    [Fact]
    public async Task A_user_keeps_his_arm_and_the_answer_names_it()
    {
        var first = await shop.Client.RecommendAsync(new { user_id = "arm-holder", num_items = 3 });
        var again = await shop.Client.RecommendAsync(new { user_id = "arm-holder", num_items = 5 });

        var experiment = first.Body.GetProperty("experiments").EnumerateArray().ShouldHaveSingleItem();
        experiment.GetProperty("arm").GetString().ShouldNotBeNullOrEmpty();
        again.Body.GetProperty("experiment_id").GetString().ShouldBe(first.Body.GetProperty("experiment_id").GetString());
    }

    [Fact]
    public async Task Every_service_says_it_is_alive_and_shows_its_metrics()
    {
        using var http = new HttpClient();
        foreach (var app in shop.Suite.Layout.Apps)
        {
            (await http.GetStringAsync(new Uri(app.Address, "/health/live"))).ShouldBe("""{"status":"alive"}""");
            (await http.GetStringAsync(new Uri(app.Address, "/health"))).ShouldContain("\"checks\":");
            (await http.GetStringAsync(new Uri(app.Address, "/metrics"))).ShouldContain("http_server_request_duration_seconds_bucket");
        }
    }

    /// <returns>Nothing when the answer was a fallback's: on a busy machine one asks again.</returns>
    private async Task<(double Stars, double Spread, double Low, double High)[]> PredictedAsync(string user)
    {
        var answer = await shop.Client.GetAsync($"/recommend/{user}?top_k=10");
        return answer.GetProperty("fallback_level").GetInt32() > 0 ? [] :
        [
            .. answer.GetProperty("recommendations").EnumerateArray().Select(static item => (
                item.GetProperty("predicted_rating").GetDouble(), item.GetProperty("uncertainty").GetDouble(),
                item.GetProperty("confidence_interval")[0].GetDouble(), item.GetProperty("confidence_interval")[1].GetDouble())),
        ];
    }
}
