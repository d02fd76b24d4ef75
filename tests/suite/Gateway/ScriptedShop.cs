using System.Runtime.InteropServices;
using System.Text.Json;
using Splitrail.Contracts;
using Splitrail.Feeds;

namespace Splitrail.Tests.Suite.Gateway;

/// <summary>A small shop behind a scripted sidecar: eight items, one experiment, answers for every call of the gateway.</summary>
internal static class ScriptedShop
{
    public static readonly string[] Items = ["i1", "i2", "i3", "i4", "i5", "i6", "i7", "i8"];

    /// <summary>The ranker turns the candidates' order round, so that a test sees whose order it gets.</summary>
    public static void Open(ScriptedSidecar sidecar)
    {
        SetSnapshot(sidecar, 5, Experiment(null));
        SetCatalog(sidecar, 3, [.. Items.Select(static id => Item(id))]);
        SetContext(sidecar, UserContext.Empty);
        sidecar.Answer(AppIds.Candidate, InnerPaths.Candidates, Candidates(Items), ContractsJson.Default.CandidateResponse);
        sidecar.On($"/v1.0/invoke/{AppIds.Ranking}/method{InnerPaths.Rank}", static async (context, body) =>
        {
            var request = JsonSerializer.Deserialize(body, ContractsJson.Default.RankRequest)!;
            var ranked = request.Candidates.ItemIds.Reverse().Select(static (id, i) => new ScoredItem(id, 0.9f - (i * 0.1f))).ToArray();
            context.Response.ContentType = "application/json";
            await JsonSerializer.SerializeAsync(
                context.Response.Body, new RankResponse(Outcomes.Found, "m1", ranked, Rows: request.Rows ? Rows(ranked) : null), ContractsJson.Default.RankResponse);
        });
        var popular = new ScoredItemsResponse(Outcomes.Found, "m1", [new("i3", 9), new("i1", 8)]);
        sidecar.Answer(AppIds.Candidate, InnerPaths.Popular, popular, ContractsJson.Default.ScoredItemsResponse);
        sidecar.Answer(AppIds.Candidate, InnerPaths.Similar, popular, ContractsJson.Default.ScoredItemsResponse);
        sidecar.Answer(
            AppIds.Candidate, InnerPaths.Search, new SearchResponse(Outcomes.Found, "m1", [new("i3", 9, SearchMatches.Words), new("i1", 8, SearchMatches.Words)], 2),
            ContractsJson.Default.SearchResponse);
        sidecar.Answer(AppIds.Candidate, InnerPaths.ModelSummary, new ModelSummary(Outcomes.Found, "m1", null, "shop-1", 8, 100, null), ContractsJson.Default.ModelSummary);
        sidecar.Answer(AppIds.Feature, InnerPaths.ShopStatistics, new ShopStatistics(2, 8, 100, 1_000, 2_000), ContractsJson.Default.ShopStatistics);
        sidecar.Answer(AppIds.Feature, InnerPaths.UserList, new UserListResponse(["u1", "u2"], 2), ContractsJson.Default.UserListResponse);
        foreach (var topic in new[] { Topics.Interactions, Topics.Exposures, Topics.Impressions })
            SetBroker(sidecar, topic, 204);
    }

    /// <summary>Two features: an item's number, and its score; the last item was drawn with a chance of a quarter.</summary>
    private static RankedRows Rows(ScoredItem[] ranked) => new(
        "shop-1", 2, MemoryMarshal.AsBytes(ranked.SelectMany(static item => new[] { item.ItemId[1] - '0', item.Score }).ToArray().AsSpan()).ToArray(),
        [.. ranked.Select((_, i) => i == ranked.Length - 1 ? 0.25f : 1f)]);

    public static void SetBroker(ScriptedSidecar sidecar, string topic, int status) => sidecar.On($"/v1.0/publish/{(topic == Topics.Impressions ? Topics.ListsPubSub : Topics.PubSub)}/{topic}", (context, _) =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    });

    public static void SetContext(ScriptedSidecar sidecar, UserContext context) => sidecar.Answer(
        AppIds.Feature, InnerPaths.Context, new ContextResponse(context.EventCount > 0 ? Outcomes.Found : Outcomes.UnknownUser, context), ContractsJson.Default.ContextResponse);

    public static void SetCatalog(ScriptedSidecar sidecar, long version, CatalogItem[] items) => sidecar.Answer(
        AppIds.Feature, InnerPaths.CatalogFeed, new CatalogFeedResponse(Outcomes.Changed, version, Full: true, items), ContractsJson.Default.CatalogFeedResponse);

    public static void SetSnapshot(ScriptedSidecar sidecar, long version, Layer layer, params (string Flag, bool On)[] flags)
    {
        var snapshot = new ControlSnapshot(version, "", 0, "m1", [layer], flags.ToDictionary(static one => one.Flag, static one => one.On));
        snapshot = snapshot with { ContentHash = SnapshotHash.Of(snapshot) };
        sidecar.Answer(AppIds.Experiment, InnerPaths.ControlFeed, new ControlFeedResponse(Outcomes.Changed, snapshot), ContractsJson.Default.ControlFeedResponse);
    }

    /// <summary>Everybody is in the treatment, which names the ranker.</summary>
    public static Layer Experiment(string? ranker) => new(
        "ranking", "seed",
        [new("order", "Another order sells more.", 2, [new("control", true, 0.5, new()), new("treatment", false, 0.5, new(Ranker: ranker))])],
        [new(0, 1 << 20, "order", "treatment")]);

    public static CatalogItem Item(string id, int? stock = null, bool hidden = false, decimal price = 2.5m, string category = "tea") =>
        new(id, $"Title of {id}", category, price, stock, hidden);

    public static CandidateResponse Candidates(string[] items) => new(Outcomes.Found, "m1", CandidateColumns.Of(
        items,
        ["als"],
        ["item_to_item", "popular"],
        [.. items.Select(static (_, i) => 1f - (i * 0.1f))],
        [.. items.Select(static _ => 0.25f)],
        [.. items.Select(static _ => 0b11U)]));
}
