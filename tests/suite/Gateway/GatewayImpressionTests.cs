using System.Runtime.InteropServices;
using System.Text.Json;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.Tests.Suite.Shop;
using Xunit;

namespace Splitrail.Tests.Suite.Gateway;

/// <summary>What the gateway publishes of the lists it serves, and lists of two rankings.</summary>
public sealed class GatewayImpressionTests : GatewayTest
{
    protected override string[] Settings => ["--Gateway:ImpressionShare=1"];

    [Fact]
    public async Task A_list_is_published_as_it_was_served_with_the_features_it_was_ranked_by()
    {
        var answer = await Gateway.RecommendAsync("""{"user_id":"anna","session_items":["i1"],"num_items":7}""");

        var list = await PublishedAsync(answer);
        (list.Unit, list.UnitKind, list.FallbackLevel, list.SnapshotVersion).ShouldBe(("anna", "user", 0, 5));
        (list.ModelVersion, list.CandidateVersion, list.FeatureSet).ShouldBe(("m1", "m1", "shop-1"));
        list.Arms.ShouldHaveSingleItem().ShouldBe(new ImpressionArm("order", "treatment", 2, 0.5));
        list.Items.Select(static item => item.ItemId).ShouldBe(answer.ItemIds());
        list.Items.Select(static item => item.Position).ShouldBe(Enumerable.Range(1, 7));
        foreach (var item in list.Items)
            MemoryMarshal.Cast<byte, float>(item.Features)[0].ShouldBe(item.ItemId[1] - '0');
        list.Items.ShouldAllBe(static item => item.Score > 0 && item.Score <= 1);
        list.Items.ShouldAllBe(static item => item.Propensity == (item.ItemId == "i1" ? 0.25 : 1) && item.Team == null);
        list.Interleaving.ShouldBeNull();
    }

    [Fact]
    public async Task A_kept_list_has_its_features_and_who_is_nobody_is_not_logged()
    {
        await Gateway.RecommendAsync("{}");
        var answer = await Gateway.RecommendAsync("""{"session_id":"guest"}""");

        var list = await PublishedAsync(answer);
        list.Items.ShouldAllBe(static item => item.Features != null);
        Published().ShouldAllBe(static one => one.Unit == "warm-up" || one.Unit == "guest");
    }

    [Fact]
    public async Task A_fallback_is_published_without_features()
    {
        Sidecar.TakeAway(AppIds.Ranking, InnerPaths.Rank);
        var answer = await Gateway.RecommendAsync("""{"user_id":"anna","session_items":["i1"]}""");

        var list = await PublishedAsync(answer);
        (list.FallbackLevel, list.FeatureSet).ShouldBe((1, null));
        list.Items.ShouldAllBe(static item => item.Features == null);
    }

    [Fact]
    public async Task Rows_that_do_not_fit_the_list_cost_a_level_and_no_answer()
    {
        var rows = new RankedRows("shop-1", 2, [1, 2, 3]);
        Sidecar.Answer(AppIds.Ranking, InnerPaths.Rank, new RankResponse(Outcomes.Found, "m1", [new("i1", 0.5f)], Rows: rows), ContractsJson.Default.RankResponse);

        var answer = await Gateway.RecommendAsync("""{"user_id":"anna","session_items":["i2"]}""");

        (answer.Level(), answer.Cause()).ShouldBe((1, "ranking_bad_answer"));
    }

    [Fact]
    public async Task Lists_wait_for_a_broker_that_is_away_and_requests_do_not()
    {
        ScriptedShop.SetBroker(Sidecar, Topics.Impressions, 500);
        var answer = await Gateway.RecommendAsync("""{"user_id":"patient"}""");
        answer.Level().ShouldBe(0);
        await Eventually.ReachesAsync(() => Task.FromResult(Published().Count(static one => one.Unit == "patient")), static tries => tries >= 1, "a first try");

        ScriptedShop.SetBroker(Sidecar, Topics.Impressions, 204);

        await Eventually.ReachesAsync(() => Task.FromResult(Published().Count(static one => one.Unit == "patient")), static tries => tries >= 2, "a second try");
    }

    [Fact]
    public async Task Two_rankings_are_drafted_into_one_list_and_each_item_has_its_team()
    {
        await InterleaveAsync();
        var answer = await Gateway.RecommendAsync("""{"user_id":"anna","session_items":["i4"],"num_items":6}""");

        (answer.Level(), answer.GetProperty("experiments")[0].GetProperty("arm").GetString()).ShouldBe((0, "treatment"));
        var items = answer.GetProperty("recommendations").EnumerateArray().Select(static one => (Id: one.GetProperty("item_id").GetString()!, Team: one.GetProperty("team").GetString())).ToArray();
        items.Select(static one => one.Id).ShouldBeUnique();
        // The control ranks from i1 up, the treatment from i8 down; i4 was just seen.
        items.Where(static one => one.Team == "control").Select(static one => one.Id).ShouldBe(["i1", "i2", "i3"]);
        items.Where(static one => one.Team == "treatment").Select(static one => one.Id).ShouldBe(["i8", "i7", "i6"]);
        var list = await PublishedAsync(answer);
        list.Interleaving.ShouldBe(new TeamCredit("order", "anna", "user"));
        list.Items.Select(static item => item.Team).ShouldBe(items.Select(static one => one.Team));
        // Each round the coin says who begins, and the other follows.
        list.Items.Select(static item => item.Propensity).ShouldBe([0.5, 1, 0.5, 1, 0.5, 1]);
        list.Items.Where(static item => item.Team == "control").ShouldAllBe(static item => item.Features == null, "no network ranked the control's");
        list.Items.Where(static item => item.Team == "treatment").ShouldAllBe(static item => item.Features != null);
    }

    [Fact]
    public async Task Who_is_nobody_or_put_into_an_arm_by_name_sees_one_ranking()
    {
        await InterleaveAsync(overrides: new Dictionary<string, string> { ["tester"] = "treatment" });

        (await Gateway.RecommendAsync("""{"num_items":3}""")).ItemIds().ShouldBe(["i1", "i2", "i3"]);
        var forced = await Gateway.RecommendAsync("""{"user_id":"tester","num_items":3}""");

        forced.ItemIds().ShouldBe(["i8", "i7", "i6"]);
        (await PublishedAsync(forced)).Interleaving.ShouldBeNull();
    }

    [Fact]
    public async Task A_ranking_that_fails_is_not_drafted_against()
    {
        await InterleaveAsync();
        Sidecar.TakeAway(AppIds.Ranking, InnerPaths.Rank);

        var answer = await Gateway.RecommendAsync("""{"user_id":"anna","session_items":["i4"],"num_items":3}""");

        (answer.Level(), answer.GetProperty("recommendations")[0].TryGetProperty("team", out _)).ShouldBe((0, false));
        answer.ItemIds().ShouldBe(["i1", "i2", "i3"]);
        (await Gateway.Http.GetStringAsync("/metrics")).ShouldMatch("(?m)^splitrail_interleaved_total\\{result=\"one_alone\"\\} 1");
    }

    private async Task InterleaveAsync(IReadOnlyDictionary<string, string>? overrides = null)
    {
        var layer = ScriptedShop.Experiment(null);
        var experiment = layer.Experiments[0] with
        {
            Arms = [new("control", true, 0.5, new(Ranker: "none")), new("treatment", false, 0.5, new())], Interleaved = true, Overrides = overrides,
        };
        ScriptedShop.SetSnapshot(Sidecar, 6, layer with { Experiments = [experiment] });
        await Eventually.ReachesAsync(
            () => Gateway.Http.PostAsync("/v1/recommendations", new StringContent("{}", null, "application/json")),
            static answer => answer.Headers.GetValues("X-Snapshot-Version").Single() == "6", "the gateway follows");
    }

    private Task<Impression> PublishedAsync(JsonElement answer)
    {
        var request = answer.GetProperty("request_id").GetString();
        return Eventually.ReachesAsync(() => Task.FromResult(Published().FirstOrDefault(one => one.RequestId == request)!), static one => one is not null, "the list is published");
    }

    private IReadOnlyList<Impression> Published() =>
        [.. Sidecar.BodiesOf($"/{Topics.Impressions}").SelectMany(static body => body.Deserialize(ContractsJson.Default.ImpressionBatch)!.Impressions)];
}

/// <summary>A shop that logs nothing.</summary>
public sealed class GatewayWithoutImpressionsTests : GatewayTest
{
    protected override string[] Settings => ["--Gateway:ImpressionShare=0"];

    [Fact]
    public async Task Nothing_is_asked_for_and_nothing_published()
    {
        await Gateway.RecommendAsync("""{"user_id":"anna","session_items":["i1"]}""");
        await Gateway.DisposeAsync();

        Sidecar.BodiesOf(InnerPaths.Rank).ShouldAllBe(static body => !body.GetRawText().Contains("\"rows\":true", StringComparison.Ordinal));
        Sidecar.BodiesOf($"/{Topics.Impressions}").ShouldBeEmpty();
    }
}
