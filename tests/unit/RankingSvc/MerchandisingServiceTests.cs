using Microsoft.AspNetCore.Builder;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.Features;
using Splitrail.RankingSvc;
using Splitrail.Retrieval;
using Splitrail.Tests.Unit.InnerServices;
using Splitrail.Tests.Unit.Retrieval;
using Xunit;

namespace Splitrail.Tests.Unit.RankingSvc;

/// <summary>Rules, weights, re-rankers and explanations over HTTP. The network likes the dear ones: without any of them the order is i39, i38, …</summary>
public sealed class MerchandisingServiceTests : ServiceOverHttp
{
    private const long NowMs = RetrievalTestModels.AsOfMs;
    private static readonly ItemCondition[] s_cheap = [new(ItemFields.Price, ItemOperators.Less, ["3"])];

    private protected override string Section => "RankingSvc";

    private protected override IEnumerable<string> Settings => ["--RankingSvc:SlotRows=16"];

    private protected override WebApplication Build(string[] arguments) => RankingApp.Build(arguments);

    private protected override void Prepare()
    {
        RankingModels.Publish(Models, "v1", RankingModels.Logistic("log_price", 1f).ToOnnx(ShopFeatures.Set.Metadata));
        Sidecar.Offer(1, [.. Enumerable.Range(0, 40).Select(i => new CatalogItem($"i{i}", $"Number {i}", i % 2 == 0 ? "even" : "odd", i == 0 ? null : i, i == 7 ? 0 : 10))]);
        Sidecar.Activate(new ControlSnapshot(1, "", 0, "v1", [], new Dictionary<string, bool>()));
    }

    private protected override Task StartedAsync() => ReadyAsync();

    [Fact]
    public async Task All_kinds_of_rules_act_together_and_say_what_they_did()
    {
        Edit(snapshot => snapshot with
        {
            Rules =
            [
                new("no-39", RuleKinds.Filter, [new(ItemFields.ItemId, ItemOperators.In, ["i39"])]),
                new("boost", RuleKinds.Boost, [new(ItemFields.ItemId, ItemOperators.In, ["i20"])], Factor: 5),
                new("bury", RuleKinds.Bury, [new(ItemFields.ItemId, ItemOperators.In, ["i38"])], Factor: 0),
                new("promote", RuleKinds.Promote, s_cheap, Share: 0.25),
                new("pin", RuleKinds.Pin, [], ItemId: "i5", Position: 2),
                new("pin-sold-out", RuleKinds.Pin, [], ItemId: "i7", Position: 1),
            ],
        });
        var request = Request(8) with { Rules = ["no-39", "boost", "bury", "promote", "pin", "pin-sold-out", "of-yesterday"], Explain = true };
        await UntilAsync(async () => (await RankAsync(request)).Pins is not null);
        var answer = await RankAsync(request);
        answer.Items.Select(static item => item.ItemId).ShouldBe(["i20", "i5", "i37", "i36", "i2", "i35", "i34", "i33"]);
        answer.Pins.ShouldBe([new PinnedItem("i5", 2, "pin")]);
        var effects = answer.Explanation!.Rules.ToDictionary(static effect => effect.Rule);
        (effects["no-39"].Items, effects["boost"].Items, effects["bury"].Items, effects["promote"].Items).ShouldBe((1, 1, 1, 2));
        effects["pin-sold-out"].Note.ShouldBe("not shown: it is out of stock");
        answer.Explanation.Items[0].Rules!.ShouldHaveSingleItem().Rule.ShouldBe("boost");
        answer.Explanation.Items[0].Ranks.ShouldBe(new StepRanks(19, 1, 1, 1));
        ((double)answer.Items[1].Score).ShouldBe(answer.Explanation.Items[1].Score!.Value, 1e-6, "a pinned candidate keeps its score");
        var metrics = await Http.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        metrics.ShouldContain("reason=\"unknown_rule\"");
        metrics.ShouldContain("kind=\"pin\",outcome=\"skipped\"");
    }

    [Fact]
    public async Task A_rule_that_leaves_nothing_gives_an_empty_list_that_says_why_and_pins_still_stand()
    {
        Edit(static snapshot => snapshot with
        {
            Rules = [new("all", RuleKinds.Filter, [new(ItemFields.Category, ItemOperators.In, ["even", "odd"])]), new("none", RuleKinds.Filter, [new(ItemFields.Category, ItemOperators.EqualTo, ["red"])])],
        });
        var request = Request(3) with { Rules = ["all", "none"], Explain = true };
        await UntilAsync(async () => (await RankAsync(request)).Items.Count == 0);
        var answer = await RankAsync(request);
        (answer.Outcome, answer.Items.Count).ShouldBe((Outcomes.Found, 0));
        answer.Explanation!.Rules.Select(static effect => (effect.Rule, effect.Items)).ShouldBe([("all", 39), ("none", 0)]);
        (await RankAsync(request with { Rules = null })).Items.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Weights_of_the_snapshot_change_the_order_and_the_explanation_shows_the_parts()
    {
        Edit(static snapshot => snapshot with { Weights = [new("odd", new ScoreWeights(0, Freshness: 1)), new("global", new ScoreWeights(1))] });
        var request = Request(4) with { Explain = true };
        await UntilAsync(async () => (await RankAsync(request)).Explanation!.Items[0].Weights is not null);
        var answer = await RankAsync(request);
        answer.Items.Select(static item => item.ItemId).ShouldBe(["i38", "i36", "i34", "i32"], "an even one has the ranker's scale to itself at its top");
        var parts = answer.Explanation!.Items[0].Parts!.Value;
        (parts.Ranker > 0.9, parts.Freshness < 0.5, answer.Explanation.Items[0].Weights!.Ranker).ShouldBe((true, true, 1));
        (await RankAsync(request with { Ranker = "none" })).Items[0].ItemId.ShouldBe("i0", "who asks for the candidates' order gets it");
    }

    [Fact]
    public async Task An_explanation_names_the_feature_that_decided_and_the_steps_of_the_re_rankers()
    {
        var answer = await RankAsync(Request(5) with { Explain = true, ReRanker = "category_caps", ReRank = new ReRankOptions(MaxPerCategory: 1) });
        answer.Explanation!.ReRanker.ShouldBe("category_caps");
        answer.Explanation.Items.Select(static item => item.Ranks!.Value.Ranker).ShouldBe([1, 2, 3, 4, 5]);
        var best = answer.Explanation.Items[0];
        best.Features!.ShouldHaveSingleItem().Feature.ShouldBe("log_price");
        best.Features![0].Value.ShouldBe(Math.Log(39), 1e-4);
        best.Features![0].Contribution.ShouldBeGreaterThan(0);
        (best.Parts, best.Rules).ShouldBe((null, null));
        (await RankAsync(Request(5))).Explanation.ShouldBeNull();
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(10_000, 10)]
    public async Task Few_or_very_many_candidates_with_doubles_and_unknown_ones_are_ranked(int candidates, int shown)
    {
        var answer = await RankAsync(Request(10) with { Candidates = Candidates([.. Enumerable.Range(0, candidates).Select(static i => $"i{(i % 50) + 1}")]), ReRanker = "mmr+exploration", Explain = true });
        answer.Outcome.ShouldBe(Outcomes.Found);
        answer.Items.Count.ShouldBe(shown);
        answer.Items.Select(static item => item.ItemId).Distinct().Count().ShouldBe(shown);
    }

    private static RankRequest Request(int count) =>
        new(UserContext.Empty with { EventCount = 1 }, [], Candidates([.. Enumerable.Range(0, 40).Select(static i => $"i{i}")]), count, ItemFilters.Default, null, "v1", NowMs);

    private static CandidateColumns Candidates(string[] ids) => CandidateColumns.Of(
        ids, [.. SignalNames.All], ["als"], [.. ids.Select(static (_, i) => 1f / (i + 1))], new float[ids.Length * SignalNames.All.Count], [.. ids.Select(static _ => 1U)]);

    private void Edit(Func<ControlSnapshot, ControlSnapshot> edit) => Sidecar.Activate(edit(new ControlSnapshot(2, "", 0, "v1", [], new Dictionary<string, bool>())));

    private Task<RankResponse> RankAsync(RankRequest request) =>
        AskAsync(InnerPaths.Rank, request, ContractsJson.Default.RankRequest, ContractsJson.Default.RankResponse);
}
