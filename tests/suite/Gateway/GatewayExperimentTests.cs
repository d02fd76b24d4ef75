using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.Tests.Suite.Shop;
using Xunit;

namespace Splitrail.Tests.Suite.Gateway;

/// <summary>Arms, kill switches and exposures.</summary>
public sealed class GatewayExperimentTests : GatewayTest
{
    [Fact]
    public async Task An_arm_without_ranker_is_served_the_candidates_order_at_level_0()
    {
        await SwitchAsync(6, ScriptedShop.Experiment("none"));

        var answer = await Gateway.RecommendAsync("""{"user_id":"u1"}""");

        answer.Level().ShouldBe(0);
        answer.ItemIds()[0].ShouldBe("i1");
    }

    [Theory]
    [InlineData(FlagNames.Ranking, 1, "ranking_switched_off")]
    [InlineData(FlagNames.PersonalCandidates, 2, "personal_switched_off")]
    public async Task A_kill_switch_costs_its_level(string flag, int level, string cause)
    {
        await SwitchAsync(6, ScriptedShop.Experiment(null), (flag, false));

        var answer = await Gateway.RecommendAsync("""{"user_id":"u1"}""");

        (answer.Level(), answer.Cause()).ShouldBe((level, cause));
    }

    [Fact]
    public async Task Search_can_be_switched_off()
    {
        await SwitchAsync(6, ScriptedShop.Experiment(null), (FlagNames.Search, false));

        (await Gateway.GetAsync("/v1/search?q=tea")).Cause().ShouldBe("search_switched_off");
    }

    [Fact]
    public async Task Caching_can_be_switched_off()
    {
        await SwitchAsync(6, ScriptedShop.Experiment(null), (FlagNames.Caching, false));
        var before = Sidecar.BodiesOf(InnerPaths.Candidates).Count;

        for (var i = 0; i < 3; i++)
            await Gateway.RecommendAsync("{}");

        (Sidecar.BodiesOf(InnerPaths.Candidates).Count - before).ShouldBe(3);
    }

    [Fact]
    public async Task Exposures_are_published_for_cached_answers_and_fallbacks_too_but_not_for_nobody()
    {
        await Gateway.RecommendAsync("""{"session_id":"guest-a"}""");
        await Gateway.RecommendAsync("""{"session_id":"guest-b"}""");
        await Gateway.RecommendAsync("{}");
        Sidecar.TakeAway(AppIds.Candidate, InnerPaths.Candidates);
        // With a history of his own: what has none is served from the cache, at level 0.
        await Gateway.RecommendAsync("""{"user_id":"user-c","session_id":"guest-a","session_items":["i1"]}""");

        var exposures = await Eventually.ReachesAsync(() => Task.FromResult(Exposures()), static seen => seen.Count >= 4, "the exposures");

        exposures.Select(static one => $"{one.UnitKind}:{one.Unit}").ShouldBe(["user:warm-up", "session:guest-a", "session:guest-b", "session:guest-a"], ignoreOrder: true);
        var afterLogin = exposures.Where(static one => one.LinkedUser == "user-c").ShouldHaveSingleItem("a login keeps the session's arm, and both ids are known to be one person");
        (afterLogin.Unit, afterLogin.FallbackLevel).ShouldBe(("guest-a", 3));
        exposures.ShouldAllBe(static one => one.Experiment == "order" && one.Arm == "treatment" && one.Epoch == 2 && one.Probability == 0.5 && one.SnapshotVersion == 5);
        exposures.Where(static one => one.LinkedUser is null).ShouldAllBe(static one => one.FallbackLevel == 0);
        exposures.ShouldAllBe(static one => one.LatencyMs >= 0);
        exposures.Select(static one => one.ExposureId).ShouldBeUnique();
        (await Gateway.GetAsync("/cache_stats")).GetProperty("lists").GetProperty("hits").GetInt64().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Exposures_wait_for_a_broker_that_is_away()
    {
        ScriptedShop.SetBroker(Sidecar, Topics.Exposures, 500);
        await Gateway.RecommendAsync("""{"user_id":"patient"}""");
        await Eventually.ReachesAsync(() => Task.FromResult(Exposures().Count(static one => one.Unit == "patient")), static tries => tries >= 1, "a first try");

        ScriptedShop.SetBroker(Sidecar, Topics.Exposures, 204);

        await Eventually.ReachesAsync(() => Task.FromResult(Exposures().Count(static one => one.Unit == "patient")), static tries => tries >= 2, "a second try");
    }

    [Fact]
    public async Task Exposures_are_sent_before_the_gateway_ends()
    {
        await Gateway.RecommendAsync("""{"user_id":"last"}""");
        await Gateway.DisposeAsync();

        Exposures().ShouldContain(static one => one.Unit == "last");
    }

    [Fact]
    public async Task Flags_are_exported_and_an_unchanged_export_is_not_sent_again()
    {
        using var answer = await Gateway.Http.GetAsync("/v1/feature-flags");
        var export = await answer.Content.ReadFromJsonAsync<JsonElement>();

        answer.Headers.GetValues("X-Snapshot-Version").ShouldBe(["5"]);
        var order = export.GetProperty("feature_management").GetProperty("feature_flags").EnumerateArray().Single(static flag => flag.GetProperty("id").GetString() == "order");
        order.GetProperty("allocation").GetProperty("percentile")[0].GetProperty("to").GetDouble().ShouldBe(100);
        using var again = new HttpRequestMessage(HttpMethod.Get, "/v1/feature-flags");
        again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
        using var unchanged = await Gateway.Http.SendAsync(again);
        unchanged.StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Fact]
    public async Task A_layer_with_the_fast_hash_is_not_exported_and_the_export_says_so()
    {
        await SwitchAsync(6, ScriptedShop.Experiment(null) with { Hash = LayerHashes.Fast });

        var left = (await Gateway.GetAsync("/v1/feature-flags")).GetProperty("splitrail").GetProperty("not_exported")[0];

        (left.GetProperty("experiment").GetString(), left.GetProperty("layer").GetString()).ShouldBe(("order", "ranking"));
        left.GetProperty("reason").GetString()!.ShouldContain("fast");
    }

    [Fact]
    public async Task What_a_later_release_says_holds_for_nobody_and_is_counted()
    {
        await SwitchAsync(6, ScriptedShop.Experiment("none") with { Hash = "quantum" });

        var answer = await Gateway.RecommendAsync("""{"user_id":"u1"}""");

        (answer.Level(), answer.GetProperty("experiments").GetArrayLength()).ShouldBe((0, 0));
        (await Gateway.Http.GetStringAsync("/metrics")).ShouldMatch("(?m)^splitrail_snapshot_not_understood_total [1-9]");
    }

    [Fact]
    public async Task A_snapshot_with_slots_of_two_owners_is_refused_and_the_one_before_is_served_on()
    {
        ScriptedShop.SetSnapshot(Sidecar, 6, ScriptedShop.Experiment("none") with { SlotMap = [new(0, 9, "order", "control"), new(8, 20, "order", "treatment")] });

        var health = await Eventually.ReachesAsync(
            () => Gateway.GetAsync("/health"), static seen => seen.GetRawText().Contains("snapshot 6 is refused", StringComparison.Ordinal), "health quotes the refusal");

        health.GetRawText().ShouldContain("slots 8 to 20");
        (await Gateway.RecommendAsync("""{"user_id":"u1"}""")).GetProperty("experiment_id").GetString().ShouldBe("order_treatment");
    }

    [Fact]
    public async Task Who_is_in_the_audience_depends_on_the_context_of_the_request()
    {
        var layer = ScriptedShop.Experiment("none");
        await SwitchAsync(6, layer with { Experiments = [layer.Experiments[0] with { Audience = [new("device", "equals", ["phone"]), new("interactions", "lt", ["5"])] }] });

        (await Gateway.RecommendAsync("""{"user_id":"u1","context":{"device":"Phone"}}""")).GetProperty("experiment_id").GetString().ShouldBe("order_treatment");
        (await Gateway.RecommendAsync("""{"user_id":"u1","context":{"device":"tv"}}""")).GetProperty("experiments").GetArrayLength().ShouldBe(0);
        ScriptedShop.SetContext(Sidecar, UserContext.Empty with { EventCount = 9 });
        (await Gateway.RecommendAsync("""{"user_id":"u2","context":{"device":"phone"}}""")).GetProperty("experiments").GetArrayLength().ShouldBe(0);
    }

    private async Task SwitchAsync(long version, Layer layer, params (string Flag, bool On)[] flags)
    {
        ScriptedShop.SetSnapshot(Sidecar, version, layer, flags);
        await Eventually.ReachesAsync(
            async () => (await Gateway.GetAsync("/stats")).GetProperty("snapshot_version").GetInt64(), seen => seen == version, "the new snapshot");
    }

    private List<Exposure> Exposures() =>
        [.. Sidecar.BodiesOf($"/{Topics.Exposures}").SelectMany(static body => body.Deserialize(ContractsJson.Default.ExposureBatch)!.Exposures)];
}
