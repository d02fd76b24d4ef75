using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Splitrail.Tests.Suite.Shop;

/// <summary>The way of a rule, of weights and of re-rankers from an owner's request at the gateway to what shoppers get, through every sidecar.</summary>
public sealed class MerchandisingTests(RunningShop shop) : IClassFixture<RunningShop>, IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private string _user = "";

    public async Task InitializeAsync()
    {
        _http.BaseAddress = shop.Suite.Layout.Gateway;
        _user = (await shop.Client.UsersAsync(1))[0];
        await Eventually.ReachesAsync(() => ListAsync(), static list => list is { Level: 0, Items.Count: 10 }, "a full list at first");
    }

    /// <summary>Leaves the shop as the next test wants to find it.</summary>
    public async Task DisposeAsync()
    {
        foreach (var rule in (await _http.GetFromJsonAsync<JsonElement>("/v1/rules")).GetProperty("rules").EnumerateArray())
            await SendAsync("DELETE", $"/v1/rules/{rule.GetProperty("definition").GetProperty("id").GetString()}", null, rule.GetProperty("version").GetInt64());
        _http.Dispose();
    }

    [Fact]
    public async Task A_filter_a_pin_and_a_boost_reach_the_list_and_can_be_explained()
    {
        var before = await ListAsync();
        var (gone, pinned) = (before.Items[0], before.Items[9]);
        await PutAsync("/v1/rules/gone", $$"""{"kind":"filter","conditions":[{"field":"item_id","operator":"equals","values":["{{gone}}"]}]}""");
        await PutAsync("/v1/rules/first", $$"""{"kind":"pin","item_id":"{{pinned}}","position":1}""");
        await PutAsync("/v1/rules/never", $$"""{"kind":"pin","item_id":"no-such-item","position":2}""");
        await PutAsync("/v1/rules/phones", """{"kind":"boost","factor":2,"conditions":[{"field":"price","operator":"gte","values":["0"]}],"audience":[{"attribute":"device","operator":"equals","values":["phone"]}]}""");

        var list = await Eventually.ReachesAsync(() => ListAsync(explain: true), list => list.Items[0] == pinned && !list.Items.Contains(gone), "the rules reach the list");
        list.Level.ShouldBe(0);
        var rules = list.Body.GetProperty("explanation").GetProperty("rules").EnumerateArray().ToDictionary(static rule => rule.GetProperty("rule").GetString()!);
        rules["never"].GetProperty("note").GetString().ShouldBe("not shown: it is not in the catalogue");
        rules.ShouldNotContainKey("phones");
        var second = list.Body.GetProperty("recommendations")[1].GetProperty("explanation");
        second.GetProperty("ranks").GetProperty("final").GetInt32().ShouldBe(2);
        second.GetProperty("features").GetArrayLength().ShouldBeGreaterThan(0);
        (await ListAsync(explain: true, device: "phone")).Body.GetProperty("explanation").GetProperty("rules").EnumerateArray().ShouldContain(static rule => rule.GetProperty("rule").GetString() == "phones");
        (await ListAsync()).Body.GetProperty("recommendations")[1].TryGetProperty("explanation", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_rule_that_leaves_nothing_gives_an_empty_list_everywhere_that_names_the_rule()
    {
        await PutAsync("/v1/rules/closed", """{"kind":"filter","conditions":[{"field":"price","operator":"gte","values":["0"]}]}""");
        var list = await Eventually.ReachesAsync(() => ListAsync(), static list => list.Items.Count == 0, "nothing is left");
        list.Level.ShouldBe(4);
        list.Body.GetProperty("reason").GetString()!.ShouldContain("'closed'");
        (await shop.Client.GetAsync("/v1/popular")).GetProperty("items").GetArrayLength().ShouldBe(0);
        await SendAsync("DELETE", "/v1/rules/closed", null, 1);
        await Eventually.ReachesAsync(() => ListAsync(), static list => list is { Level: 0, Items.Count: 10 }, "the list is back");
    }

    [Fact]
    public async Task Guests_lists_that_are_kept_follow_a_rule_at_once()
    {
        var before = await Eventually.ReachesAsync(() => GuestAsync(null), static list => list is { Level: 0, Items.Count: 10 }, "a guest's list");
        await PutAsync("/v1/rules/tablets", $$"""{"kind":"filter","conditions":[{"field":"item_id","operator":"in","values":["{{before.Items[0]}}"]}],"audience":[{"attribute":"device","operator":"equals","values":["tablet"]}]}""");
        await Eventually.ReachesAsync(() => GuestAsync("tablet"), list => !list.Items.Contains(before.Items[0]), "tablets no longer see it");
        (await GuestAsync("phone")).Items.ShouldContain(before.Items[0]);
    }

    [Fact]
    public async Task Weights_reach_the_ranking()
    {
        await PutAsync("/v1/ranking/weights/global", """{"ranker":0.5,"popularity":0.5}""");
        await Eventually.ReachesAsync(
            () => ListAsync(explain: true),
            static list => list.Body.GetProperty("recommendations")[0].GetProperty("explanation").TryGetProperty("weights", out var weights) && weights.GetProperty("popularity").GetDouble() == 0.5,
            "the weights reach the ranking");
        var version = (await _http.GetFromJsonAsync<JsonElement>("/v1/ranking/weights/global")).GetProperty("version").GetInt64();
        (await SendAsync("DELETE", "/v1/ranking/weights/global", null, version)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await Eventually.ReachesAsync(
            () => ListAsync(explain: true),
            static list => !list.Body.GetProperty("recommendations")[0].GetProperty("explanation").TryGetProperty("weights", out _),
            "the ranker is alone again");
    }

    [Fact]
    public async Task An_arms_re_rankers_are_applied_and_bad_ones_refused()
    {
        (await SendAsync("POST", "/v1/layers", """{"id":"order","seed":"order-1"}""")).StatusCode.ShouldBe(HttpStatusCode.Created);
        const string Experiment = """
            {"id":"diverse","layer":"order","hypothesis":"Variety sells.","arms":[{"id":"a","control":true,"share":0.5,"parameters":{"re_ranker":"mmr"}},
             {"id":"b","share":0.5,"parameters":{"re_ranker":"mmr+exploration","re_rank":{"diversity_weight":0.3,"exploration_share":0.2}}}]}
            """;
        using var bad = await SendAsync("POST", "/v1/experiments", Experiment.Replace("exploration_share\":0.2", "exploration_share\":0.9", StringComparison.Ordinal).Replace("\"mmr\"", "\"mmm\"", StringComparison.Ordinal));
        bad.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var detail = (await bad.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString()!;
        detail.ShouldContain("'arms[0].parameters.re_ranker' is \"mmm\"");
        detail.ShouldContain("'arms[1].parameters.re_rank.exploration_share' is 0.9");
        (await SendAsync("POST", "/v1/experiments", Experiment)).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await SendAsync("POST", "/v1/experiments/diverse/start")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var list = await Eventually.ReachesAsync(
            () => ListAsync(explain: true), static list => list.Body.GetProperty("explanation").TryGetProperty("re_ranker", out _), "the arm's re-ranker is applied");
        list.Body.GetProperty("explanation").GetProperty("re_ranker").GetString()!.ShouldStartWith("mmr");
        (await SendAsync("POST", "/v1/experiments/diverse/end")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private Task<Answer> ListAsync(bool explain = false, string? device = null) =>
        shop.Client.RecommendAsync(new { user_id = _user, num_items = 10, explain, context = new { device = device ?? "desktop" } });

    private Task<Answer> GuestAsync(string? device) => shop.Client.RecommendAsync(new { num_items = 10, context = new { device = device ?? "desktop" } });

    private async Task PutAsync(string path, string body)
    {
        using var response = await SendAsync("PUT", path, body);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync());
    }

    private async Task<HttpResponseMessage> SendAsync(string method, string path, string? body = null, long? version = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (version is not null)
            request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"");
        return await _http.SendAsync(request);
    }
}
