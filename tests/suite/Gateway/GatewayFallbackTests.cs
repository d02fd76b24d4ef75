using System.Text.Json;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.Tests.Suite.Shop;
using Xunit;

namespace Splitrail.Tests.Suite.Gateway;

/// <summary>What is away, slow or talks nonsense costs a level and never an error.</summary>
public sealed class GatewayFallbackTests : GatewayTest
{
    private const string Guest = """{"session_id":"s1","session_items":["i8"],"num_items":5}""";

    protected override string[] Settings => ["--Gateway:ContextCacheTtl=00:00:00", "--Gateway:ResponseCacheTtl=00:00:00"];

    [Fact]
    public async Task With_everything_there_the_ranker_decides()
    {
        var answer = await Gateway.RecommendAsync(Guest);

        answer.Level().ShouldBe(0);
        answer.ItemIds().ShouldBe(["i7", "i6", "i5", "i4", "i3"]);
        answer.GetProperty("model_version").GetString().ShouldBe("m1");
    }

    [Theory]
    [InlineData("away", "ranking_app_down")]
    [InlineData("slow", "ranking_deadline_exceeded")]
    [InlineData("not json", "ranking_bad_answer")]
    [InlineData("""{"outcome":"found"}""", "ranking_bad_answer")]
    [InlineData("""{"outcome":"found","items":[null]}""", "ranking_bad_answer")]
    [InlineData("""{"outcome":"found","items":[]}""", "ranking_bad_answer")]
    [InlineData("""{"outcome":"found","items":[{"item_id":"made-up","score":1}]}""", "ranking_bad_answer")]
    [InlineData("""{"outcome":"not_ready","items":[]}""", "ranking_not_ready")]
    [InlineData("""{"outcome":"unknown_model","items":[]}""", "ranking_unknown_model")]
    public async Task Without_ranker_the_candidates_keep_their_order(string trouble, string cause)
    {
        Spoil(AppIds.Ranking, InnerPaths.Rank, trouble);

        var answer = await FallsBackAsync(1, cause);
        answer.ItemIds().ShouldBe(["i1", "i2", "i3", "i4", "i5"]);
    }

    [Theory]
    [InlineData("away", "context_app_down")]
    [InlineData("slow", "context_deadline_exceeded")]
    [InlineData("""{"outcome":"found"}""", "context_bad_answer")]
    [InlineData("""{"outcome":"found","context":{"version":1,"event_count":1}}""", "context_bad_answer")]
    public async Task Without_context_the_session_still_counts_and_the_ranker_still_ranks(string trouble, string cause)
    {
        Spoil(AppIds.Feature, InnerPaths.Context, trouble);

        var answer = await FallsBackAsync(2, cause);
        answer.ItemIds().ShouldBe(["i7", "i6", "i5", "i4", "i3"]);
        var asked = Sidecar.BodiesOf(InnerPaths.Candidates)[^1];
        asked.GetProperty("personal").GetBoolean().ShouldBeFalse();
        asked.GetProperty("session_items")[0].GetString().ShouldBe("i8");
        asked.GetProperty("context").GetProperty("history").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("away", "candidates_app_down")]
    [InlineData("slow", "candidates_deadline_exceeded")]
    [InlineData("""{"outcome":"not_ready"}""", "candidates_not_ready")]
    [InlineData("""{"outcome":"found"}""", "candidates_bad_answer")]
    [InlineData("""{"outcome":"found","candidates":{"item_ids":["i1"]}}""", "candidates_bad_answer")]
    [InlineData("""{"outcome":"found","candidates":{"item_ids":["i1"],"signals":[],"sources":[],"scores":"AAA=","signal_values":"","source_masks":"AAAAAA=="}}""", "candidates_bad_answer")]
    [InlineData("""{"outcome":"found","candidates":{"item_ids":["i1"],"signals":[],"sources":[],"scores":"not base64","signal_values":"","source_masks":"AAAAAA=="}}""", "candidates_bad_answer")]
    public async Task Without_candidates_the_gateways_own_list_is_served(string trouble, string cause)
    {
        Spoil(AppIds.Candidate, InnerPaths.Candidates, trouble);

        var answer = await FallsBackAsync(3, cause);
        answer.ItemIds().Take(2).ShouldBe(["i3", "i1"]);
        answer.ItemIds().Length.ShouldBe(5);
        answer.ItemIds().ShouldNotContain("i8");
        answer.TryGetProperty("model_version", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task When_nothing_passes_the_filters_the_answer_is_empty_and_says_why()
    {
        var answer = await Gateway.RecommendAsync("""{"user_id":"u1","filters":{"min_price":1000}}""");

        (answer.Level(), answer.Cause()).ShouldBe((4, "no_candidates"));
        answer.GetProperty("reason").GetString()!.ShouldContain("filters");
    }

    [Fact]
    public async Task After_the_trouble_answers_are_full_again_and_the_fallbacks_were_counted()
    {
        Spoil(AppIds.Candidate, InnerPaths.Candidates, "away");
        (await Gateway.RecommendAsync(Guest)).Level().ShouldBe(3);

        ScriptedShop.Open(Sidecar);

        await Eventually.ReachesAsync(() => Gateway.RecommendAsync(Guest), static answer => answer.Level() == 0, "a full answer");
        (await Gateway.Http.GetStringAsync("/metrics")).ShouldContain("splitrail_recommendation_fallback_total{level=\"3\",cause=\"candidates_app_down\"} 1");
    }

    [Fact]
    public async Task All_stages_slow_still_end_within_the_deadline()
    {
        Spoil(AppIds.Feature, InnerPaths.Context, "slow");
        Spoil(AppIds.Candidate, InnerPaths.Candidates, "slow");

        var answer = await Gateway.RecommendAsync(Guest);

        answer.Level().ShouldBe(3);
        // Two stages of 150 ms; what a busy machine adds is not the gateway's waiting.
        answer.GetProperty("latency_ms").GetDouble().ShouldBeInRange(290, 2_000);
    }

    [Theory]
    [InlineData(AppIds.Ranking, InnerPaths.Rank, "/v1/popular", 0)]
    [InlineData(AppIds.Candidate, InnerPaths.Popular, "/v1/popular", 3)]
    [InlineData(AppIds.Candidate, InnerPaths.Similar, "/v1/items/i8/similar", 3)]
    [InlineData(AppIds.Candidate, InnerPaths.Search, "/v1/search?q=tea", 4)]
    public async Task Lists_fall_back_too(string appId, string path, string asked, int level)
    {
        Spoil(appId, path, "away");
        (await Gateway.GetAsync(asked)).Level().ShouldBe(level);
    }

    /// <summary>More than one try: on a busy machine a sound stage may miss its deadline too, which is another cause.</summary>
    private Task<JsonElement> FallsBackAsync(int level, string cause) => Eventually.ReachesAsync(
        () => Gateway.RecommendAsync(Guest), answer => (answer.Level(), answer.Cause()) == (level, cause), $"level {level} because of {cause}");

    private void Spoil(string appId, string path, string trouble)
    {
        if (trouble == "away")
            Sidecar.TakeAway(appId, path);
        else if (trouble == "slow")
            Sidecar.Hang(appId, path);
        else
            Sidecar.Answer(appId, path, 200, trouble);
    }
}
