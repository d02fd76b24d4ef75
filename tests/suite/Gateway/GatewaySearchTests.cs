using System.Net;
using Shouldly;
using Splitrail.Contracts;
using Xunit;

namespace Splitrail.Tests.Suite.Gateway;

/// <summary>What of a search is the gateway's business: rules, filters of serving, taste, switches.</summary>
public sealed class GatewaySearchTests : GatewayTest
{
    private static readonly SearchResponse s_found = new(
        Outcomes.Found, "m1", [new("i3", 0.9f, SearchMatches.Words), new("i1", 0.5f, SearchMatches.Related)], 1, true, "tea pot",
        new SearchFacets([new("tea", 4)], [new(2m, 5m, 4)]));

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Answer(s_found);
    }

    [Fact]
    public async Task The_answer_says_what_matches_why_and_how_many()
    {
        var answer = await Gateway.GetAsync("/v1/search?q=tee%20pot&facets=true");

        answer.ItemIds().ShouldBe(["i3", "i1"]);
        answer.GetProperty("items")[0].GetProperty("reason").GetString().ShouldBe("matches your search");
        answer.GetProperty("items")[1].GetProperty("sources")[0].GetString().ShouldBe("related");
        answer.GetProperty("did_you_mean").GetString().ShouldBe("tea pot");
        answer.GetProperty("total").GetInt32().ShouldBe(1);
        answer.GetProperty("facets").GetProperty("categories")[0].GetProperty("count").GetInt32().ShouldBe(4);
        answer.GetProperty("facets").GetProperty("prices")[0].GetProperty("to").GetDecimal().ShouldBe(5m);
        answer.Level().ShouldBe(0);
    }

    [Fact]
    public async Task What_went_out_of_stock_since_is_left_out_of_a_cached_page_too()
    {
        (await Gateway.GetAsync("/v1/search?q=pot")).ItemIds().ShouldContain("i3");
        ScriptedShop.SetCatalog(Sidecar, 4, [.. ScriptedShop.Items.Select(static id => ScriptedShop.Item(id, stock: id == "i3" ? 0 : 5))]);

        await Shop.Eventually.ReachesAsync(() => Gateway.GetAsync("/v1/search?q=pot"), static answer => answer.ItemIds() is ["i1"], "i3 is gone");
    }

    [Fact]
    public async Task Popular_items_in_the_place_of_nothing_are_called_so()
    {
        Answer(new SearchResponse(Outcomes.Found, "m1", [new("i2", 3, SearchMatches.Popular)], 0, false));

        var answer = await Gateway.GetAsync("/v1/search?q=xyzzy");

        answer.GetProperty("reason").GetString().ShouldBe("Nothing matches; these are popular.");
        answer.GetProperty("items")[0].GetProperty("reason").GetString().ShouldBe("popular in tea");
        answer.GetProperty("total").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task A_shopper_sends_his_taste_and_nobody_elses_page_is_cached_for_him()
    {
        await Gateway.GetAsync("/v1/search?q=pot");
        await Gateway.GetAsync("/v1/search?q=pot&user_id=u1&session_items=i4,i5");
        await Gateway.GetAsync("/v1/search?q=pot&user_id=u1&session_items=i4,i5");

        var bodies = Sidecar.BodiesOf(InnerPaths.Search);
        bodies.Count.ShouldBe(3);
        bodies[0].TryGetProperty("context", out _).ShouldBeFalse();
        bodies[1].GetProperty("session_items")[1].GetString().ShouldBe("i5");
        bodies[1].TryGetProperty("context", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Without_personal_candidates_a_search_is_nobodys_and_says_so()
    {
        ScriptedShop.SetSnapshot(Sidecar, 6, ScriptedShop.Experiment(null), (FlagNames.PersonalCandidates, false));

        var answer = await Shop.Eventually.ReachesAsync(
            () => Gateway.GetAsync("/v1/search?q=pot&user_id=u1"), static answer => answer.Level() == 2, "search without taste");

        answer.Cause().ShouldBe("personal_switched_off");
        answer.ItemIds().ShouldBe(["i3", "i1"]);
        Sidecar.BodiesOf(InnerPaths.Search)[^1].TryGetProperty("context", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task An_answer_that_is_none_is_level_4()
    {
        Sidecar.Answer(AppIds.Candidate, InnerPaths.Search, 200, """{"outcome":"found","items":[null]}""");
        var answer = await Gateway.GetAsync("/v1/search?q=pot");
        (answer.Level(), answer.Cause(), answer.GetProperty("reason").GetString()).ShouldBe((4, "search_bad_answer", "The recommender does not answer."));
    }

    [Theory]
    [InlineData("q=%20", "q")]
    [InlineData("q=%E3%80%80", "q")]
    [InlineData("q=a%00b", "q")]
    [InlineData("q=a%07b", "q")]
    [InlineData("q=pot&offset=-1", "offset")]
    [InlineData("q=pot&offset=1501", "offset")]
    [InlineData("q=pot&facets=maybe", "facets")]
    [InlineData("q=pot&prefix=1", "prefix")]
    [InlineData("q=pot&user_id=a%20b", "user_id")]
    [InlineData("q=pot&session_items=a,,b", "session_items[1]")]
    public async Task What_is_wrong_is_refused_by_name(string query, string member)
    {
        using var answer = await Gateway.Http.GetAsync($"/v1/search?{query}");
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain($"\"member\":\"{member}\"");
    }

    [Fact]
    public async Task Ten_thousand_characters_are_refused()
    {
        using var answer = await Gateway.Http.GetAsync($"/v1/search?q={new string('x', 7_000)}%20{new string('y', 3_000)}");
        answer.StatusCode.ShouldBeOneOf(HttpStatusCode.BadRequest, HttpStatusCode.RequestUriTooLong);
    }

    [Theory]
    [InlineData("'; DROP TABLE items; --")]
    [InlineData("чай с лимоном")]
    [InlineData("🎁")]
    [InlineData("!?")]
    [InlineData("%_\\")]
    public async Task Whatever_else_is_typed_is_asked_as_it_stands(string query)
    {
        (await Gateway.GetAsync($"/v1/search?q={Uri.EscapeDataString(query)}")).Level().ShouldBe(0);
        Sidecar.BodiesOf(InnerPaths.Search)[^1].GetProperty("query").GetString().ShouldBe(query);
    }

    private void Answer(SearchResponse response) => Sidecar.Answer(AppIds.Candidate, InnerPaths.Search, response, ContractsJson.Default.SearchResponse);
}
