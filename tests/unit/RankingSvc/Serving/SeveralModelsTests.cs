using Microsoft.AspNetCore.Builder;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.Features;
using Splitrail.RankingSvc;
using Splitrail.Retrieval;
using Splitrail.Tests.Unit.InnerServices;
using Splitrail.Tests.Unit.Retrieval;
using Splitrail.Trainer.Ranker;
using Splitrail.Trainer.Ranker.Onnx;
using Xunit;

namespace Splitrail.Tests.Unit.RankingSvc.Serving;

/// <summary>Production, arms' models and shadows beside each other, over HTTP.</summary>
public sealed class SeveralModelsTests : ServiceOverHttp
{
    private const int Items = 40;
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(60);
    private long _snapshot;

    private protected override string Section => "RankingSvc";

    private protected override IEnumerable<string> Settings => ["--RankingSvc:ShadowSample=1"];

    private protected override WebApplication Build(string[] arguments) => RankingApp.Build(arguments);

    private protected override void Prepare()
    {
        Sidecar.Offer(1, [.. Enumerable.Range(0, Items).Select(i => new CatalogItem($"i{i}", $"Number {i}", "all", i + 1, 10))]);
        Publish("dear", 1f);
        Publish("cheap", -1f);
    }

    [Fact]
    public async Task An_arms_model_ranks_for_those_who_name_it_and_production_for_the_others()
    {
        await ServeAsync(new ServedModels(One("dear"), Arms: [new ArmModel("cheap", One("cheap"))]));
        await UntilAsync(async () => (await RankAsync(model: "cheap", candidates: "cheap")).ModelVersion == "cheap");
        (await RankAsync(model: "cheap", candidates: "cheap")).Items[0].ItemId.ShouldBe("i0");
        (await RankAsync(model: null, candidates: "dear")).Items[0].ItemId.ShouldBe("i39");
        (await RankAsync(model: "cheap", candidates: "dear")).ModelVersion.ShouldBe("dear");
    }

    [Fact]
    public async Task A_shadow_is_scored_and_compared_and_never_served()
    {
        await ServeAsync(new ServedModels(One("dear"), Shadows: [new ShadowModel(ModelTypes.Ranking, "cheap"), new ShadowModel(ModelTypes.Ranking, "stranger")]));
        Publish("stranger", 1f, family: "another");
        await UntilAsync(async () =>
        {
            (await RankAsync()).ModelVersion.ShouldBe("dear");
            return await MetricsHaveAsync("model=\"cheap\",outcome=\"scored\"", "model=\"stranger\",outcome=\"other_family\"");
        });
        // The reverse order: every correlation is in the lowest bucket.
        (await MetricsHaveAsync("rank_correlation_bucket{model=\"cheap\",le=\"-0.5\"}")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("unknown operator")]
    [InlineData("not a number")]
    [InlineData("nothing like a model")]
    public async Task A_bad_model_is_refused_with_the_reason_and_the_old_one_serves_on(string fault)
    {
        await ServeAsync(new ServedModels(One("dear")));
        RankingModels.Publish(Models, "bad", Bad(fault));
        Sidecar.Serve(new ServedModels(One("bad"), One("dear")), "bad", ++_snapshot);
        await UntilAsync(async () => (await Http.GetStringAsync(new Uri("/health", UriKind.Relative))).Contains("may not be served", StringComparison.Ordinal));
        (await RankAsync(candidates: "dear")).ModelVersion.ShouldBe("dear");
        (await RankAsync(candidates: null)).ModelVersion.ShouldBe("dear");
    }

    [Fact]
    public async Task Activating_and_rolling_back_twenty_times_under_load_fails_nobody_and_mixes_nothing()
    {
        await ServeAsync(new ServedModels(One("dear")));
        using var stop = new CancellationTokenSource(s_deadline);
        var load = Enumerable.Range(0, 4).Select(_ => Task.Run(() => AskAsync(stop.Token))).ToArray();
        for (var time = 0; time < 20; time++)
        {
            var (now, before) = time % 2 == 0 ? ("cheap", "dear") : ("dear", "cheap");
            Sidecar.Serve(new ServedModels(One(now), One(before)), now, ++_snapshot);
            await UntilAsync(async () => (await RankAsync(candidates: null)).ModelVersion == now);
        }

        await stop.CancelAsync();
        foreach (var answer in (await Task.WhenAll(load)).SelectMany(static answers => answers))
            (answer.Outcome, answer.Items[0].ItemId).ShouldBe((Outcomes.Found, answer.ModelVersion == "dear" ? "i39" : "i0"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10_000)]
    public async Task Any_number_of_candidates_is_ranked_duplicates_once_and_unknown_items_not_at_all(int count)
    {
        await ServeAsync(new ServedModels(One("dear")));
        string[] ids = [.. Enumerable.Range(0, count).Select(i => i % 3 == 2 ? $"nowhere-{i}" : $"i{i % Items}")];
        var answer = await RankAsync(ids: ids, wanted: count);
        var known = ids.Distinct().Where(static id => id.StartsWith('i')).ToHashSet();
        answer.Outcome.ShouldBe(Outcomes.Found);
        answer.Items.Select(static item => item.ItemId).ShouldBe(known.OrderByDescending(static id => int.Parse(id[1..])));
    }

    private static ModelLineup One(string version) => new(version, version);

    private static byte[] Bad(string fault)
    {
        var sound = RankingModels.Logistic("log_price", 1f);
        switch (fault)
        {
            case "cut":
                return sound.ToOnnx(ShopFeatures.Set.Metadata)[..300];
            case "unknown operator":
                return RankingModels.Onnx(static graph => graph.Add("Hallucinate", graph.Input));
            case "not a number":
                ((Network)sound.Scorer).Layers[0].Weights[0] = float.NaN;
                return sound.ToOnnx(ShopFeatures.Set.Metadata);
            default:
                return new ProtoMessage().Text(1, fault).ToBytes();
        }
    }

    private void Publish(string version, float weight, string family = "shop") =>
        RankingModels.Publish(Models, version, RankingModels.Logistic("log_price", weight).ToOnnx(ShopFeatures.Set.Metadata), family);

    private async Task ServeAsync(ServedModels models)
    {
        Sidecar.Serve(models, models.Production.Ranking!, ++_snapshot);
        await UntilAsync(async () => (await RankAsync(candidates: null)).Outcome == Outcomes.Found);
    }

    private async Task<List<RankResponse>> AskAsync(CancellationToken cancellationToken)
    {
        var answers = new List<RankResponse>();
        while (!cancellationToken.IsCancellationRequested)
            answers.Add(await RankAsync(candidates: null));
        return answers;
    }

    private Task<RankResponse> RankAsync(string? model = null, string? candidates = "dear", string[]? ids = null, int wanted = 3)
    {
        ids ??= [.. Enumerable.Range(0, Items).Select(static i => $"i{i}")];
        var columns = CandidateColumns.Of(
            ids, [.. SignalNames.All], ["als"], [.. ids.Select(static (_, i) => 1f / (i + 1))], new float[ids.Length * SignalNames.All.Count], [.. ids.Select(static _ => 1U)]);
        var request = new RankRequest(UserContext.Empty with { EventCount = 1 }, [], columns, wanted, ItemFilters.Default, null, candidates, RetrievalTestModels.AsOfMs, model);
        return AskAsync(InnerPaths.Rank, request, ContractsJson.Default.RankRequest, ContractsJson.Default.RankResponse);
    }

    private async Task<bool> MetricsHaveAsync(params string[] parts)
    {
        var metrics = await Http.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        return parts.All(part => metrics.Contains(part, StringComparison.Ordinal));
    }
}
