using System.Diagnostics.Metrics;
using System.Collections.Frozen;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.Features;
using Splitrail.Feeds;
using Splitrail.Models;
using Splitrail.RankingSvc;
using Splitrail.RankingSvc.Rankers;
using Splitrail.RankingSvc.ReRankers;
using Splitrail.RankingSvc.Serving;
using Splitrail.RankingSvc.Weights;
using Splitrail.Tests.Unit.Retrieval;

namespace Splitrail.Tests.Unit.RankingSvc.ReRankers;

/// <summary>Items i0.. of the test model (item i is i + 1 days old) with scores and categories of a test's choice, put in order by name.</summary>
internal sealed class ReRankBench
{
    public static RankingMetrics Metrics { get; } = new(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>());

    private readonly ServingState _state;
    private readonly ReRankerTable _table = new(Metrics);

    public ReRankBench(int count = 40)
    {
        var model = RetrievalTestModels.Chain(count);
        var manifest = new ModelManifest(
            "v1", DateTimeOffset.UnixEpoch, "test", "00", "none", count, 1, model.Statistics.AsOfMs, [], new Dictionary<string, double>(), new Dictionary<string, double>());
        _state = new ServingState(new RankingBundle(manifest, "", model.Items, model.Statistics, model.Als), new ShopFeatures(model.Statistics), null);
    }

    /// <summary>Those who are asked about; what is left out is as in a plain request.</summary>
    public RankRequest Request { get; init; } = new(UserContext.Empty, [], CandidateColumns.Empty, 0, ItemFilters.Default, null, "v1", RetrievalTestModels.AsOfMs);

    /// <param name="reRankers">Names.</param>
    /// <param name="options">Of theirs.</param>
    /// <param name="wanted">How many.</param>
    /// <param name="items">Score, category and price of i0, i1, …</param>
    /// <returns>Ids, best first.</returns>
    public string[] Order(string reRankers, ReRankOptions options, int wanted, params (float Score, string Category, double Price)[] items)
    {
        var (slate, about) = Begin(options, wanted, items);
        slate.TakeShown(ordered: true);
        _table.Apply(reRankers, slate, about);
        slate.Order.ToArray().Order().ShouldBe(Enumerable.Range(0, items.Length));
        Drawn = slate.Drawn.ToDictionary(one => slate.Offers[one.Key].ItemId, static one => one.Value);
        return [.. slate.Best().Select(static item => item.ItemId)];
    }

    /// <summary>Of the last order: items that chance put to their places, and how likely that was.</summary>
    public IReadOnlyDictionary<string, float> Drawn { get; private set; } = new Dictionary<string, float>();

    /// <returns>Scores of i0, i1, … after the weights.</returns>
    public float[] Blend(WeightBook weights, params (float Score, string Category, double Price)[] items)
    {
        var (slate, about) = Begin(new ReRankOptions(), items.Length, items);
        ScoreBlend.Apply(slate, weights, about);
        return slate.Shown.ToArray();
    }

    private (Slate Slate, ReRankCase About) Begin(ReRankOptions options, int wanted, (float Score, string Category, double Price)[] items)
    {
        CatalogItem[] entries = [.. items.Select(static (item, i) => new CatalogItem($"i{i}", $"Number {i}", item.Category, (decimal)item.Price, 1))];
        var slate = new Slate();
        slate.Fill([.. entries.Select(static (entry, i) => new Offer(i, entry.ItemId, i < 40 ? i : -1, OfferList.LogPrice(entry), entry))], wanted);
        items.Select(static item => item.Score).ToArray().CopyTo(slate.Shown.Span);
        return (slate, new ReRankCase(Request, options, _state, new Catalog(1, entries.ToFrozenDictionary(static entry => entry.ItemId))));
    }
}
