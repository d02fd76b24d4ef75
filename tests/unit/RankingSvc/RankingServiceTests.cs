using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.Features;
using Splitrail.Models;
using Splitrail.RankingSvc;
using Splitrail.Retrieval;
using Splitrail.Tests.Unit.InnerServices;
using Splitrail.Tests.Unit.Retrieval;
using Splitrail.Trainer.Ranker;
using Xunit;

namespace Splitrail.Tests.Unit.RankingSvc;

/// <summary>The service over HTTP, with real model folders, the native runtime and a stand-in for its sidecar.</summary>
public sealed class RankingServiceTests : ServiceOverHttp
{
    private const long NowMs = RetrievalTestModels.AsOfMs;
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(30);

    private protected override string Section => "RankingSvc";

    private protected override IEnumerable<string> Settings => ["--RankingSvc:SlotRows=16"];

    private protected override WebApplication Build(string[] arguments) => RankingApp.Build(arguments);

    [Fact]
    public async Task Before_a_model_and_a_catalogue_are_there_it_answers_not_ready_with_200()
    {
        (await RankAsync(Request())).Outcome.ShouldBe(Outcomes.NotReady);
        (await Http.GetAsync(new Uri("/health/ready", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task The_best_by_the_network_come_first_with_probabilities()
    {
        await ServeAsync(Publish("v1", Ranker(("log_price", 1f))));
        var answer = await RankAsync(Request(count: 3));
        answer.Outcome.ShouldBe(Outcomes.Found);
        answer.ModelVersion.ShouldBe("v1");
        answer.Items.Select(item => item.ItemId).ShouldBe(["i39", "i38", "i37"]);
        answer.Items.ShouldAllBe(item => item.Score > 0.5f && item.Score < 1f);
    }

    [Fact]
    public async Task Rows_that_are_asked_for_are_what_the_scores_were_made_of()
    {
        var (ranker, scores) = (Ranker(("log_price", 1f)), new float[3]);
        await ServeAsync(Publish("v1", ranker));
        var answer = await RankAsync(Request(count: 3) with { Rows = true });
        ranker.Score(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(answer.Rows!.Features), scores);
        answer.Items.Select(static item => item.Score).ShouldBe(scores, 1e-5f);
    }

    [Fact]
    public async Task Of_several_in_one_call_a_bad_one_is_invalid_and_the_others_are_ranked()
    {
        await ServeAsync(Publish("v1", Ranker(("log_price", 1f))));
        var bad = Request() with { Candidates = CandidateColumns.Of(["i1"], ["als"], [], [1f], [1f], [0]) };

        using var response = await Http.PostAsJsonAsync(
            InnerPaths.RankBatch, new Batch<RankRequest>([Request(count: 3), bad, Request(count: 1)]), ContractsJson.Default.BatchRankRequest);

        var answers = (await response.Content.ReadFromJsonAsync(ContractsJson.Default.BatchRankResponse))!.Entries;
        answers.Select(static answer => answer.Outcome).ShouldBe([Outcomes.Found, Outcomes.Invalid, Outcomes.Found]);
        answers[0].Items.Select(item => item.ItemId).ShouldBe(["i39", "i38", "i37"]);
        answers[2].Items.Single().ItemId.ShouldBe("i39");
    }

    [Fact]
    public async Task Scores_are_those_of_the_trainers_own_network_over_several_runs_of_a_slot()
    {
        var ranker = Ranker(("log_price", 0.3f), ("als", 2f), ("log_count_all", -0.4f), ("log_session_items", 0.1f));
        await ServeAsync(Publish("v1", ranker));
        var request = Request(count: 40) with { SessionItems = ["i3"] };
        var answer = await RankAsync(request);
        answer.Items.Count.ShouldBe(39);

        var statistics = RetrievalTestModels.Statistics(40);
        var items = new ItemIndex(Enumerable.Range(0, 40).Select(i => $"i{i}"));
        var user = new UserProfile(items, statistics, UserContext.Empty, request.SessionItems, NowMs);
        var row = new float[ShopFeatures.Set.Width];
        foreach (var scored in answer.Items)
        {
            var item = items.Find(scored.ItemId);
            var signals = SignalLayout.Natural.Read(request.Candidates.SignalsOf(item));
            new ShopFeatures(statistics).Write(user, item, item == 0 ? float.NaN : MathF.Log(item), signals, row);
            var expected = new float[1];
            ranker.Score(row, expected);
            scored.Score.ShouldBe(expected[0], 1e-5f);
        }
    }

    [Fact]
    public async Task Ranker_none_keeps_the_candidates_order_and_an_unknown_one_is_counted()
    {
        await ServeAsync(Publish("v1", Ranker(("log_price", 1f))));
        (await RankAsync(Request(count: 2, ranker: "none"))).Items.ShouldBe([new ScoredItem("i0", 1f), new ScoredItem("i1", 0.5f)]);
        (await RankAsync(Request(count: 1, ranker: "onnx"))).Items[0].ItemId.ShouldBe("i39");
        (await RankAsync(Request(count: 1, ranker: "of the future"))).Items[0].ItemId.ShouldBe("i39");
        (await Http.GetStringAsync(new Uri("/metrics", UriKind.Relative))).ShouldContain("reason=\"unknown_ranker\"");
    }

    [Fact]
    public async Task A_model_without_a_ranker_keeps_the_candidates_order_and_says_so()
    {
        await ServeAsync(Publish("v1", ranker: null));
        (await RankAsync(Request(count: 2))).Items.Select(item => item.ItemId).ShouldBe(["i0", "i1"]);
        (await Http.GetStringAsync(new Uri("/metrics", UriKind.Relative))).ShouldContain("reason=\"no_ranker\"");
    }

    [Fact]
    public async Task Hidden_sold_out_bought_excluded_and_shown_items_are_left_out_whatever_the_candidates_say()
    {
        await ServeAsync(Publish("v1", Ranker(("log_price", 1f))));
        var lately = new HistoryItem("i35", 1f, NowMs, 1, NowMs - (29 * RetrievalTestModels.DayMs));
        var longAgo = new HistoryItem("i34", 1f, NowMs, 1, NowMs - (31 * RetrievalTestModels.DayMs));
        Sidecar.Offer(2, [.. Catalogue().Where(item => item.ItemId != "i36").Select(Changed)]);
        var request = Request(count: 3) with
        {
            Context = UserContext.Empty with { EventCount = 2, History = [lately, longAgo] },
            Filters = new ItemFilters(ExcludeItems: ["i37"]),
            SessionItems = ["i33"],
        };
        await UntilAsync(async () => (await RankAsync(request)).Items.Select(item => item.ItemId).SequenceEqual(["i34", "i32", "i31"]));

        static CatalogItem Changed(CatalogItem item) => item.ItemId switch
        {
            "i39" => item with { Hidden = true },
            "i38" => item with { Stock = 0 },
            _ => item,
        };
    }

    [Fact]
    public async Task A_price_of_today_counts_and_not_that_of_the_training()
    {
        await ServeAsync(Publish("v1", Ranker(("log_price", 1f))));
        Sidecar.Offer(2, [.. Catalogue().Select(item => item.ItemId == "i5" ? item with { Price = 1000m } : item)]);
        await UntilAsync(async () => (await RankAsync(Request(count: 1))).Items[0].ItemId == "i5");
    }

    [Fact]
    public async Task A_new_model_is_swapped_in_while_requests_run_and_none_of_them_fails()
    {
        await ServeAsync(Publish("v1", Ranker(("log_price", 1f))));
        Publish("v2", Ranker(("log_price", -1f)));
        using var stop = new CancellationTokenSource(s_deadline);
        var load = Enumerable.Range(0, 4).Select(_ => Task.Run(() => KeepAskingAsync(stop.Token))).ToArray();
        for (var version = 2; version < 12; version++)
        {
            var model = version % 2 == 0 ? "v2" : "v1";
            Sidecar.Activate(model, version);
            await UntilAsync(async () => (await RankAsync(Request(count: 1) with { ModelVersion = null })).ModelVersion == model);
        }

        await stop.CancelAsync();
        var answers = (await Task.WhenAll(load)).SelectMany(list => list).ToArray();
        answers.ShouldAllBe(answer => answer.Outcome == Outcomes.Found);
        answers.ShouldAllBe(answer => answer.Items[0].ItemId == (answer.ModelVersion == "v1" ? "i39" : "i1"));
        answers.Select(answer => answer.ModelVersion).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task A_ranker_of_another_feature_set_is_refused_and_the_old_model_stays()
    {
        await ServeAsync(Publish("v1", Ranker(("log_price", 1f))));
        Publish("v2", Ranker(("log_price", 1f)), featureSet: "shop-v0");
        Sidecar.Activate("v2", 2);
        await UntilAsync(async () => (await Http.GetStringAsync(new Uri("/health", UriKind.Relative))).Contains("shop-v0", StringComparison.Ordinal));
        (await RankAsync(Request(count: 1))).ModelVersion.ShouldBe("v1");
    }

    [Fact]
    public async Task Candidates_of_a_model_that_no_loaded_one_serves_with_are_an_unknown_model()
    {
        await ServeAsync(Publish("v1", Ranker(("log_price", 1f))));
        var strange = Request() with { Candidates = CandidateColumns.Of(["new"], [.. SignalNames.All], [], [1f], new float[5], [0]), ModelVersion = "other shop" };
        (await RankAsync(strange)).Outcome.ShouldBe(Outcomes.UnknownModel);
        (await RankAsync(Request(count: 1) with { ModelVersion = null })).Outcome.ShouldBe(Outcomes.Found);
        (await RankAsync(Request(count: 1) with { Model = "v1" })).Outcome.ShouldBe(Outcomes.Found);
        (await RankAsync(strange with { ModelVersion = "v1" })).Items.ShouldHaveSingleItem().ItemId.ShouldBe("new");
    }

    [Fact]
    public async Task Candidates_without_the_signals_are_a_bad_request_and_no_candidates_are_an_empty_list()
    {
        await ServeAsync(Publish("v1", Ranker(("log_price", 1f))));
        using var bad = await Http.PostAsJsonAsync(InnerPaths.Rank, Request() with { Candidates = CandidateColumns.Of(["i1"], ["als"], [], [1f], [1f], [0]) }, ContractsJson.Default.RankRequest);
        bad.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await bad.Content.ReadAsStringAsync()).ShouldContain("'ease'");
        var empty = await RankAsync(Request() with { Candidates = CandidateColumns.Empty });
        (empty.Outcome, empty.Items.Count).ShouldBe((Outcomes.Found, 0));
    }

    [Theory]
    [InlineData("""{"candidates":{"item_ids":["i1"]}}""", "a column is missing")]
    [InlineData("""{"candidates":{"item_ids":["i1"],"signals":[],"sources":[],"scores":"AAA=","signal_values":"","source_masks":"AAAAAA=="}}""", "2 bytes of scores")]
    [InlineData("""{"candidates":{"item_ids":["i1"],"signals":[],"sources":[],"scores":"!","signal_values":"","source_masks":""}}""", "candidates.scores")]
    public async Task Malformed_candidates_are_a_bad_request(string body, string told)
    {
        await ServeAsync(Publish("v1", Ranker(("log_price", 1f))));
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var bad = await Http.PostAsync(new Uri(InnerPaths.Rank, UriKind.Relative), content);
        bad.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await bad.Content.ReadAsStringAsync()).ShouldContain(told);
    }

    private static RankRequest Request(int count = 10, string? ranker = null) => new(
        UserContext.Empty with { EventCount = 1 }, [], Candidates(first: 0), count, ItemFilters.Default, ranker, "v1", NowMs);

    private static CandidateColumns Candidates(int first)
    {
        var items = Enumerable.Range(first, 40 - first).ToArray();
        return CandidateColumns.Of(
            [.. items.Select(i => $"i{i}")], [.. SignalNames.All], ["als"], [.. items.Select(i => 1f / (i + 1))],
            [.. items.SelectMany(i => new[] { i / 40f, 0.1f, 0.2f, i + 1, 40 - i })], [.. items.Select(_ => 1U)]);
    }

    /// <summary>Logistic in the named features, unscaled.</summary>
    private static RankerModel Ranker(params ReadOnlySpan<(string Feature, float Weight)> weights)
    {
        var width = ShopFeatures.Set.Width;
        var layer = new DenseLayer(width, 1, new float[width], [0.01f]);
        foreach (var (feature, weight) in weights)
            layer.Weights[ShopFeatures.Set.Features.ToList().IndexOf(feature)] = weight;
        return new RankerModel(new FeatureScaling(new float[width], [.. Enumerable.Repeat(1f, width)]), [layer]);
    }

    private static CatalogItem[] Catalogue() =>
    [
        .. Enumerable.Range(0, 40).Select(i => new CatalogItem($"i{i}", $"Number {i}", "all", i == 0 ? null : i, 10)),
        new CatalogItem("new", "Brand new", "all", 5m, 1),
    ];

    private string Publish(string version, RankerModel? ranker, string? featureSet = null)
    {
        using var draft = new ModelStore(Models).Draft(version);
        var model = RetrievalTestModels.Chain();
        RetrievalFiles.Write(draft.Folder, model);
        var metadata = new Dictionary<string, string>(ShopFeatures.Set.Metadata);
        metadata[FeatureSet.NameKey] = featureSet ?? metadata[FeatureSet.NameKey];
        if (ranker is not null)
            File.WriteAllBytes(Path.Combine(draft.Folder, ModelStore.RankerName), ranker.ToOnnx(metadata));
        draft.Commit(new ModelManifest(
            version, DateTimeOffset.UnixEpoch, "test", "00", "none", model.Items.Count, 1, model.Statistics.AsOfMs,
            [], new Dictionary<string, double>(), new Dictionary<string, double>()));
        return version;
    }

    private async Task ServeAsync(string version)
    {
        Sidecar.Offer(1, Catalogue());
        Sidecar.Activate(version, 1);
        await ReadyAsync();
    }

    private async Task<List<RankResponse>> KeepAskingAsync(CancellationToken cancellationToken)
    {
        var answers = new List<RankResponse>();
        while (!cancellationToken.IsCancellationRequested)
            answers.Add(await RankAsync(Request(count: 1) with { Candidates = Candidates(first: 1), ModelVersion = null }));
        return answers;
    }

    private Task<RankResponse> RankAsync(RankRequest request) =>
        AskAsync(InnerPaths.Rank, request, ContractsJson.Default.RankRequest, ContractsJson.Default.RankResponse);
}
