using System.Net;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.Tests.Suite.Shop;
using Xunit;

namespace Splitrail.Tests.Suite.Gateway;

/// <summary>What a full answer holds and leaves out.</summary>
public sealed class GatewayServingTests : GatewayTest
{
    [Fact]
    public async Task An_item_comes_with_its_metadata_sources_and_an_honest_reason()
    {
        var answer = await Gateway.RecommendAsync("""{"session_id":"s1","session_items":["i1"],"num_items":1,"explain":true}""");

        var item = answer.GetProperty("recommendations")[0];
        item.GetProperty("item_id").GetString().ShouldBe("i8");
        item.GetProperty("metadata").GetProperty("title").GetString().ShouldBe("Title of i8");
        item.GetProperty("metadata").GetProperty("price").GetDecimal().ShouldBe(2.5m);
        item.GetProperty("sources")[0].GetString().ShouldBe("item_to_item");
        item.GetProperty("reason").GetString().ShouldBe("bought together with Title of i1");
        item.GetProperty("signals").GetProperty("als").GetDouble().ShouldBe(0.25);
    }

    [Fact]
    public async Task Every_answer_says_its_arms_snapshot_and_request()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/recommend") { Content = new StringContent("""{"user_id":"u1"}""", null, "application/json") };
        request.Headers.Add("X-Request-ID", "my-request");

        using var answer = await Gateway.Http.SendAsync(request);

        answer.Headers.GetValues("X-Snapshot-Version").ShouldBe(["5"]);
        var body = await answer.Content.ReadAsStringAsync();
        body.ShouldContain("\"experiments\":[{\"id\":\"order\",\"arm\":\"treatment\"}],\"experiment_id\":\"order_treatment\"");
        body.ShouldContain("\"request_id\":\"my-request\"");
    }

    [Fact]
    public async Task Without_predicted_ratings_the_list_of_a_user_has_scores_and_no_spread()
    {
        var body = await Gateway.Http.GetStringAsync("/recommend/u1?top_k=2");

        body.ShouldContain("\"user_id\":\"u1\"");
        body.ShouldContain("\"total_available\":8");
        body.ShouldContain("\"title\":\"Title of i8\",\"predicted_rating\":0.9,\"uncertainty\":null,\"confidence_interval\":null");
    }

    [Fact]
    public async Task Predicted_ratings_come_with_their_spread_and_the_middle_nine_tenths()
    {
        var rated = ScriptedShop.Candidates(ScriptedShop.Items) with { Ratings = RatingColumns.Of(1, 5, [.. ScriptedShop.Items.SelectMany(static _ => new[] { 4f, 0.5f })]) };
        Sidecar.Answer(AppIds.Candidate, InnerPaths.Candidates, rated, ContractsJson.Default.CandidateResponse);

        var user = await Gateway.Http.GetStringAsync("/recommend/u1?top_k=2");
        var list = (await Gateway.RecommendAsync("""{"user_id":"u1","num_items":1}""")).GetProperty("recommendations")[0];

        user.ShouldContain("\"predicted_rating\":4,\"uncertainty\":0.5,\"confidence_interval\":[3.178,4.822],\"score\":0.9");
        (list.GetProperty("predicted_rating").GetDouble(), list.GetProperty("uncertainty").GetDouble()).ShouldBe((4, 0.5));
        list.GetProperty("confidence_interval").EnumerateArray().Select(static end => end.GetDouble()).ShouldBe([3.178, 4.822]);
        list.GetProperty("score").GetDouble().ShouldBe(0.9, 0.001);
    }

    [Fact]
    public async Task What_goes_out_of_stock_or_is_hidden_is_gone_from_cached_lists_too()
    {
        (await Gateway.RecommendAsync("{}")).ItemIds().ShouldContain("i8");
        (await Gateway.RecommendAsync("{}")).ItemIds().ShouldContain("i7");

        ScriptedShop.SetCatalog(Sidecar, 4, [.. ScriptedShop.Items.Select(static id => ScriptedShop.Item(id, stock: id == "i8" ? 0 : 5, hidden: id == "i7"))]);

        await Eventually.ReachesAsync(
            () => Gateway.RecommendAsync("{}"), static answer => !answer.ItemIds().Contains("i8") && !answer.ItemIds().Contains("i7"), "neither is offered");
        (await Gateway.GetAsync("/cache_stats")).GetProperty("lists").GetProperty("hits").GetInt64().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task What_was_bought_lately_is_offered_only_when_the_request_asks_for_it()
    {
        var yesterday = DateTimeOffset.Parse("2026-01-01T00:00:00Z").ToUnixTimeMilliseconds();
        var recently = TimeProvider.System.GetUtcNow().AddDays(-1).ToUnixTimeMilliseconds();
        ScriptedShop.SetContext(Sidecar, new UserContext(1, 2, 1, recently, [new("i8", 1, recently, 1, recently), new("i7", 1, yesterday, 1, yesterday)]));

        (await Gateway.RecommendAsync("""{"user_id":"buyer"}""")).ItemIds().ShouldBe(["i7", "i6", "i5", "i4", "i3", "i2", "i1"]);
        (await Gateway.RecommendAsync("""{"user_id":"buyer","filters":{"exclude_bought_days":0}}""")).ItemIds()[0].ShouldBe("i8");
    }

    [Fact]
    public async Task An_unknown_item_has_no_similar_ones()
    {
        using var answer = await Gateway.Http.GetAsync("/v1/items/nobody-knows-it/similar");

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task The_lists_and_the_shop_answer()
    {
        (await Gateway.GetAsync("/v1/items/i8/similar?num_items=1")).ItemIds().ShouldBe(["i3"]);
        (await Gateway.GetAsync("/v1/popular?category=tea")).ItemIds().ShouldBe(["i3", "i1"]);
        (await Gateway.GetAsync("/v1/search?q=tea%20pot")).ItemIds().ShouldBe(["i3", "i1"]);
        (await Gateway.GetAsync("/users?limit=2")).GetProperty("total").GetInt32().ShouldBe(2);
        (await Gateway.GetAsync("/stats")).GetProperty("snapshot_version").GetInt64().ShouldBe(5);
        (await Gateway.GetAsync("/model/info")).GetProperty("model_version").GetString().ShouldBe("m1");
        (await Gateway.GetAsync("/")).GetProperty("examples").GetArrayLength().ShouldBe(3);
        (await Gateway.GetAsync("/openapi/v1.json")).GetProperty("paths").TryGetProperty("/v1/recommendations", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Caches_can_be_warmed_and_cleared()
    {
        (await Gateway.PostAsync("/cache_warmup?force=true", "")).GetProperty("popular_items").GetInt32().ShouldBe(2);
        (await Gateway.PostAsync("/cache_clear", "")).GetProperty("lists").GetInt32().ShouldBeGreaterThanOrEqualTo(2);
    }

    [Fact]
    public async Task While_all_is_well_health_says_so()
    {
        var health = await Eventually.ReachesAsync(
            () => Gateway.GetAsync("/health"), static report => report.GetProperty("status").GetString() == "healthy", "all healthy");

        foreach (var app in AppIds.All.Skip(1))
            health.GetProperty("checks").GetProperty(app).GetProperty("status").GetString().ShouldBe("healthy");
    }
}
