using System.Collections.Frozen;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Splitrail.Contracts;
using Splitrail.Features;
using Splitrail.Feeds;
using Splitrail.Models;
using Splitrail.Policies;
using Splitrail.RankingSvc;
using Splitrail.RankingSvc.Batching;
using Splitrail.RankingSvc.Onnx;
using Splitrail.RankingSvc.Rankers;
using Splitrail.RankingSvc.ReRankers;
using Splitrail.RankingSvc.Rules;
using Splitrail.RankingSvc.Serving;
using Splitrail.RankingSvc.Shadows;
using Splitrail.Retrieval;
using Splitrail.Trainer.Ranker;

namespace Splitrail.Benchmarks.Rank;

/// <summary>The service's own ranking in this process: 500 candidates of a shop of 5,000 items, a shopper with 50 items of history.</summary>
internal sealed class RankScene : IDisposable
{
    private const int Items = 5000, Candidates = 500, Factors = 64, Wanted = 20;
    private const long NowMs = 1_700_000_000_000, DayMs = 86_400_000;
    private static readonly BusinessRule[] s_rules =
    [
        Rule("boost", RuleKinds.Boost, "c1", factor: 1.3), Rule("bury", RuleKinds.Bury, "c2"), Rule("filter", RuleKinds.Filter, "c3"),
        new("pin", RuleKinds.Pin, [], ItemId: "i7", Position: 3),
    ];

    private readonly Random _random = new(3);
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly ServingModels _models = new();
    private readonly ServingState _state;
    private readonly RankingMetrics _metrics;
    private readonly RequestRanking _ranking;
    private readonly Catalog _catalog;
    private readonly RankRequest _request;

    public RankScene()
    {
        var meters = _services.GetRequiredService<IMeterFactory>();
        _metrics = new RankingMetrics(meters);
        _state = State();
        _models.Publish(new ServedSet(new ServedModels(new ModelLineup("bench", "bench")), [_state]));
        var options = RankingOptions.From(new ConfigurationBuilder().Build());
        var shadows = new ShadowScoring(_models, options, new ShadowMetrics(meters), NullLogger<ShadowScoring>.Instance);
        var snapshot = new ControlSnapshot(1, "", 0, "bench", [], new Dictionary<string, bool>(), Rules: s_rules);
        _ranking = new RequestRanking(
            _models, new RankerTable(_metrics, TimeProvider.System), new ReRankerTable(_metrics), new CurrentMerchandising(() => snapshot), shadows, _metrics, TimeProvider.System);
        _catalog = new Catalog(1, Enumerable.Range(0, Items).Select(i => new CatalogItem($"i{i}", $"Item {i}", $"c{i % 40}", 1 + (i % 200), 10)).ToFrozenDictionary(static item => item.ItemId));
        _request = Request();
    }

    /// <summary>Features with the network's run, and the whole way from candidates to the list, each as a median.</summary>
    public async Task MeasureAsync(Dictionary<string, double> figures)
    {
        var offers = OfferList.Of(_request, _catalog, _state.Bundle.Items);
        var scores = new float[offers.Count];
        using var network = new OpenNetwork(RankNetworks.Full(ShopNetwork()), Candidates);
        var (scored, run, ranked) = (double.MaxValue, double.MaxValue, double.MaxValue);
        for (var round = 0; round < 5; round++)
        {
            run = Math.Min(run, network.Microseconds(Candidates));
            scored = Math.Min(scored, await MedianAsync(() => ScoringPass.RunAsync(_state, _state.Ranker!, _request, offers, scores, CancellationToken.None)));
            ranked = Math.Min(ranked, await MedianAsync(async () => await _ranking.RankAsync(_request, _catalog, CancellationToken.None)));
        }

        figures["features_us_500"] = scored - run;
        // The shop's features are fewer than the 40 of the network that the target speaks of: the time of that one counts.
        figures["features_and_rank_us_500"] = scored - run + figures["small_fp32_us_500"];
        figures["rank_rerank_p50_ms"] = ranked / 1000;
    }

    public void Dispose()
    {
        _models.Dispose();
        _services.Dispose();
    }

    private static async Task<double> MedianAsync(Func<ValueTask> call)
    {
        var times = new List<double>();
        for (var i = 0; i < 800; i++)
        {
            var started = TimeProvider.System.GetTimestamp();
            await call();
            times.Add(TimeProvider.System.GetElapsedTime(started).TotalMicroseconds);
        }

        times.Sort();
        return times[times.Count / 2];
    }

    private static Network ShopNetwork() => RankNetworks.Random(ShopFeatures.Set.Width, 128, 64, 1);

    private ServingState State()
    {
        var items = new ItemIndex(Enumerable.Range(0, Items).Select(static i => $"i{i}"));
        var manifest = new ModelManifest(
            "bench", DateTimeOffset.UnixEpoch, "bench", "00", ShopFeatures.Set.Name, Items, 1, NowMs, [], new Dictionary<string, double>(), new Dictionary<string, double>());
        var statistics = new ItemStatistics
        {
            AsOfMs = NowMs,
            CountAll = Values(),
            Count365 = Values(),
            Count90 = Values(),
            Count30 = Values(),
            Count7 = Values(),
            LikedRate = Values(),
            FirstEventMs = [.. Enumerable.Range(0, Items).Select(static i => NowMs - (i % 900 * DayMs))],
            LogPrice = Values(),
            Category = [.. Enumerable.Range(0, Items).Select(static i => i % 40)],
            CategoryNames = [.. Enumerable.Range(0, 40).Select(static i => $"c{i}")],
            RepeatRate = 0.3f,
        };
        var als = new AlsModel(Factors, [.. Enumerable.Range(0, Items * Factors).Select(_ => _random.NextSingle() - 0.5f)], 1, 1);
        var ranker = new LoadedRanker(OnnxSession.Open(OnnxRuntime.Shared, RankNetworks.Full(ShopNetwork())), ScoringOptions.Default, _metrics, TimeProvider.System);
        return new ServingState(new RankingBundle(manifest, "", items, statistics, als), new ShopFeatures(statistics), ranker);
    }

    private static BusinessRule Rule(string id, string kind, string category, double? factor = null) =>
        new(id, kind, [new ItemCondition(ItemFields.Category, ItemOperators.EqualTo, [category])], factor);

    private float[] Values() => [.. Enumerable.Range(0, Items).Select(_ => _random.NextSingle() * 5)];

    private RankRequest Request()
    {
        var places = Enumerable.Range(0, Items).OrderBy(_ => _random.Next()).Take(Candidates + 50).ToArray();
        string[] ids = [.. places.Take(Candidates).Select(static place => $"i{place}")];
        var columns = CandidateColumns.Of(
            ids, [.. SignalNames.All], ["als"], [.. ids.Select((_, i) => 1f / (i + 1))],
            [.. ids.SelectMany((_, i) => SignalNames.All.Select(_ => _random.NextSingle()))], [.. ids.Select(static _ => 1U)]);
        var history = places.Skip(Candidates).Select(place => new HistoryItem($"i{place}", 1, NowMs - (place * 1000L), 0, null)).ToArray();
        return new RankRequest(
            new UserContext(1, history.Length, 1.5, NowMs - DayMs, history), [], columns, Wanted, ItemFilters.Default, null, "bench", NowMs, ReRanker: ReRankerNames.Mmr, Rules: [.. s_rules.Select(static rule => rule.Id)]);
    }
}
