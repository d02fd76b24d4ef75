using System.Net;
using System.Text.Json.Nodes;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.ExperimentSvc;
using Splitrail.Tests.Suite.Gateway;
using Splitrail.Tests.Suite.Servers;
using Splitrail.Tests.Suite.Stores;
using Xunit;

namespace Splitrail.Tests.Suite.Ingestion;

/// <summary>Coverage and diversity by arm. That their counts survive disorder, kills and deletions is part of <see cref="CountedState"/>.</summary>
[Collection(PostgresTests.Name)]
public sealed class ShownItemTests(PostgresServer postgres)
{
    private const long At = 1_760_000_000_000;

    [Theory, OnSqlite, OnPostgres]
    public async Task Results_say_how_much_of_the_catalogue_each_arm_shows_and_how_mixed_it_is(StoreEngine engine)
    {
        await using var sidecar = await ScriptedSidecar.StartAsync();
        sidecar.Answer(AppIds.Feature, InnerPaths.CatalogFeed, new CatalogFeedResponse(
            Outcomes.Changed, 7, true, [.. Enumerable.Range(0, 10).Select(static i => new CatalogItem($"i{i}", $"Item {i}", i < 5 ? "books" : "toys", null, null))]), ContractsJson.Default.CatalogFeedResponse);
        await using var store = await OutcomeOrderTests.StoreAsync(engine, postgres);
        await using var service = await (await RunningService.StartAsync(
            args => ExperimentApp.Build([.. args, $"--Dapr:HttpEndpoint={sidecar.Address}"]), store.Store("ExperimentSvc"), $"--ExperimentSvc:Definitions={store.In("experiments.json")}",
            "--ExperimentSvc:EvaluationInterval=00:00:00.050", "--ExperimentSvc:CatalogInterval=00:00:00.050")).ReadyAsync();
        await service.DeliverAsync(Seen("1", "a", "anna"), Seen("2", "b", "bert"));
        await ShowAsync(service, "anna", "i0", "i5");
        await ShowAsync(service, "anna", "i0", "i5");
        await ShowAsync(service, "bert", "i0", "i1", "i2", "i3");

        JsonNode? shown = null;
        await Eventually.TrueAsync(async () => (shown = (await service.GetAsync("/v1/experiments/order/results"))["shown"])!["not_yet"] is null, "the catalogue is known and both arms have shown something");
        ((int)shown!["catalogue_items"]!, (long)shown["compared_at"]!).ShouldBe((10, 4));
        Text(shown["arms"]![0]!).ShouldBe("a: 4 of 2 items, coverage 0.2 0.2, categories 2 1 2");
        Text(shown["arms"]![1]!).ShouldBe("b: 4 of 4 items, coverage 0.4 0.4, categories 1 0 1");
        (await service.Http.GetStringAsync("/v1/experiments/order/shown?limit=1")).ShouldBe("""{"id":"order","items":5,"shown":[{"item_id":"i0","impressions":{"a":2,"b":1}}]}""");
        var lines = (await service.Http.GetStringAsync("/v1/experiments/order/results.csv")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.ShouldContain(static line => line.StartsWith("order,catalogue_coverage,view,b,1,1,0.4,0.2,0.2,", StringComparison.Ordinal));
        lines.Select(static line => line.Split(',').Length).Distinct().Count().ShouldBe(1);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_somebody_was_shown_goes_with_him_and_when_he_meets_a_second_arm(StoreEngine engine)
    {
        await using var store = await OutcomeOrderTests.StoreAsync(engine, postgres);
        var service = await store.ExperimentAsync();
        await service.DeliverAsync(Seen("1", "a", "anna"), Seen("2", "b", "bert"), Seen("3", "b", "carl"));
        foreach (var user in (string[])["anna", "bert", "carl"])
            await ShowAsync(service, user, "i1", $"only-{user}");
        (await ShownAsync(service)).ShouldBe("i1 a=1 b=2, only-anna a=1, only-bert b=1, only-carl b=1");

        await service.DeliverAsync(Seen("4", "a", "carl"));
        (await ShownAsync(service)).ShouldBe("i1 a=1 b=1, only-anna a=1, only-bert b=1");
        (await service.CallAsync("POST", "/v1/experiments/forget", """{"user_id":"bert"}""")).Should(HttpStatusCode.OK);
        (await ShownAsync(service)).ShouldBe("i1 a=1, only-anna a=1");
        (await store.NumberAsync("SELECT COUNT(*) FROM shown_items")).ShouldBe(2, "nothing stays behind of what nobody was shown");
    }

    [Theory, OnSqlite]
    public async Task Without_a_catalogue_results_are_there_all_the_same(StoreEngine engine)
    {
        await using var store = await OutcomeOrderTests.StoreAsync(engine, postgres);
        var service = await store.ExperimentAsync();
        var shown = (await service.GetAsync("/v1/experiments/order/results"))["shown"]!;
        ((string)shown["not_yet"]!["reason"]!).ShouldBe("no_catalogue");
        (await service.CallAsync("GET", "/v1/experiments/order/shown?limit=0")).ShouldRefuse(HttpStatusCode.BadRequest, "limit");
        (await service.CallAsync("GET", "/v1/experiments/nobody/shown")).ShouldRefuse(HttpStatusCode.NotFound, "nobody");
    }

    private static string Text(JsonNode arm) =>
        $"{arm["arm"]}: {arm["impressions"]} of {arm["items"]} items, coverage {arm["coverage"]} {arm["compared_coverage"]}, categories {arm["categories"]} {arm["category_entropy"]} {arm["effective_categories"]}";

    private static async Task<string> ShownAsync(RunningService service) => string.Join(", ", (await service.GetAsync("/v1/experiments/order/shown"))["shown"]!.AsArray()
        .Select(static item => $"{item!["item_id"]} {string.Join(' ', item["impressions"]!.AsObject().Select(static arm => $"{arm.Key}={arm.Value}"))}"));

    private static Exposure Seen(string id, string arm, string user) => new(id, ShopHistory.Experiment, arm, user, UnitKinds.User, "first", 1, 1, 0.5, At);

    private static async Task ShowAsync(RunningService service, string user, params string[] items)
    {
        var request = Guid.NewGuid().ToString();
        (await service.DeliverAsync("/events/outcomes", new ShopEventBatch([.. items.Select(item => new ShopEvent($"{request}-{item}", EventTypes.Impression, user, null, item, At + 1, RequestId: request))]),
            ContractsJson.Default.ShopEventBatch)).ShouldBe("SUCCESS");
    }
}
