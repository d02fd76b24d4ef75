using System.Net;
using System.Text.Json.Nodes;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.Tests.Suite.Ingestion;
using Splitrail.Tests.Suite.Servers;
using Xunit;

namespace Splitrail.Tests.Suite.Stores;

/// <summary>Two rankings in one list: what may be saved, and whose clicks count for whom.</summary>
[Collection(PostgresTests.Name)]
public sealed class InterleavingTests(PostgresServer postgres)
{
    private const long Start = 1_760_000_000_000;

    [Fact]
    public async Task What_cannot_be_interleaved_is_refused_at_the_save()
    {
        await using var store = await TestStore.OnAsync(StoreEngine.Sqlite, postgres);
        var service = await store.ExperimentAsync();
        await service.LayerAsync("ranking");
        await RefusedAsync(static one => one["arms"]!.AsArray().Add(new JsonObject { ["id"] = "c", ["share"] = 0 }), "'arms'", "exactly two");
        await RefusedAsync(static one => (one["arms"]![0]!["share"], one["arms"]![1]!["share"]) = (0.7, 0.3), "arms[].share", "0.7 and 0.3", "0.5 each");
        await RefusedAsync(static one => one["arms"]![1]!["parameters"] = new JsonObject(), "arms[1].parameters", "must differ");
        await RefusedAsync(static one => one["metrics"] = new JsonArray(new JsonObject { ["name"] = "click_through", ["role"] = "goal" }), "'metrics'", "left out");
        await RefusedAsync(static one => one["decisions"] = new JsonObject { ["mode"] = "act" }, "decisions.mode", "their owner decides");
        await RefusedAsync(static one => one["bandit"] = new JsonObject { ["least"] = 0.1 }, "only an experiment with");
        await RefusedAsync(static one => one["arms"]![1]!["parameters"]!["ranker"] = "no-such", "ranker");
        await StartedAsync(service);
        var edit = Interleaved();
        (edit["arms"]![0]!["share"], edit["arms"]![1]!["share"]) = (0.9, 0.1);
        (await service.CallAsync("PUT", "/v1/experiments/taste", edit.ToJsonString(), version: await VersionAsync(service))).ShouldRefuse(HttpStatusCode.BadRequest, "0.5 each");
        await service.LayerAsync("other");
        var second = Interleaved();
        (second["id"], second["layer"]) = ("taste-2", "other");
        second["arms"]![1]!["parameters"] = new JsonObject { ["re_ranker"] = "mmr" };
        (await service.CallAsync("POST", "/v1/experiments", second.ToJsonString())).Should(HttpStatusCode.Created);
        (await service.CallAsync("POST", "/v1/experiments/taste-2/start", "{}")).ShouldRefuse(HttpStatusCode.Conflict, "interleaving", "taste");

        async Task RefusedAsync(Action<JsonObject> spoil, params string[] said)
        {
            var experiment = Interleaved();
            spoil(experiment);
            (await service.CallAsync("POST", "/v1/experiments", experiment.ToJsonString())).ShouldRefuse(HttpStatusCode.BadRequest, said);
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Clicks_count_for_the_team_of_their_item_whatever_the_order_and_repetition(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        var service = await store.ExperimentAsync();
        await service.LayerAsync("ranking");
        await StartedAsync(service);
        var before = (await service.GetAsync("/v1/experiments/taste/results"))["interleaving"]!;
        ((string)before["not_yet"]!["reason"]!, before["preference"]).ShouldBe(("no_users", null));

        BrokerMessage[] messages = [.. Enumerable.Range(0, 40).SelectMany(Person), Message("bad", new Impression("r", "u", "nobody", Start, 1, 0, null, null, null, [], [new("i", 1)]))];
        await new TestBroker(service.Http).DeliverAsync(ShopHistory.Disturbed(messages, 3, seed: 4));

        var results = await service.GetAsync("/v1/experiments/taste/results");
        ((string)results["type"]!, (long)results["users"]!).ShouldBe(("interleaving", 40));
        var wins = results["interleaving"]!;
        // Of each ten: six click twice on b's items and once on a's, two on a's alone, one on both alike, one on nothing that is of a team.
        wins["arms"]!.ToJsonString().ShouldBe("""[{"arm":"b","wins":24},{"arm":"a","wins":8}]""");
        ((long)wins["ties"]!, (double)wins["win_share"]!["value"]!, (double)wins["preference"]!["value"]!).ShouldBe((8, 0.75, 0.4));
        ((double)wins["preference"]!["low"]!).ShouldBeGreaterThan(0);
        ((double)wins["preference"]!["high"]!).ShouldBeInRange(0.4, 0.8);
        // The sign test of 24 against 8: twice P(X >= 24) of 32 tosses.
        ((double)wins["p_value"]!).ShouldBe(0.007, 0.0005);
        ((string)wins["sentence"]!).ShouldStartWith("Of 32 people who clicked more of one ranking's items, 75.0 % preferred b to a");
        results["metrics"]!.AsArray().ShouldBeEmpty();
        ((string)results["shown"]!["not_yet"]!["reason"]!).ShouldBe("interleaved");
        (await service.Http.GetStringAsync("/v1/experiments/taste/results.csv")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(1, "the header alone");
        ((long)(await service.GetAsync("/v1/experiments/taste/quality"))["refused_overall"]!["bad_assignment"]!).ShouldBeGreaterThan(0);

        (await service.CallAsync("POST", "/v1/experiments/forget", """{"user_id":"user-0"}""", actor: "privacy")).Should(HttpStatusCode.OK);
        await new TestBroker(service.Http).DeliverAsync(messages);
        (await service.GetAsync("/v1/experiments/taste/results"))["interleaving"]!["arms"]![0]!.ToJsonString().ShouldBe("""{"arm":"b","wins":23}""");
        (await service.CallAsync("POST", "/v1/experiments/taste/promote", """{"arm":"b","reason":{"kind":"goal_reached"}}""")).Should(HttpStatusCode.OK);
        Taste(await service.SnapshotAsync(static one => Taste(one).Arms.Single(static arm => arm.Id == "b").Share == 1, "everybody gets b")).Interleaved.ShouldBeNull();
    }

    [Fact]
    public async Task Kept_lists_come_back_with_what_came_of_them_and_bots_are_left_out()
    {
        await using var store = await TestStore.OnAsync(StoreEngine.Sqlite, postgres);
        var service = await store.ExperimentAsync("--ExperimentSvc:Ingestion:Excluded=bot-*");
        var list = new Impression("r1", "anna", "user", Start, 3, 0, "m1", "m1", "shop-v1", [new("x", "a", 1, 0.5)], [new("i1", 1, 1, [0, 0, 128, 63]), new("i2", 2, 0.25, [0, 0, 0, 64])]);
        foreach (var _ in Enumerable.Range(0, 2))
            await new TestBroker(service.Http).DeliverAsync(
            [
                Message("1", list), Message("2", list with { RequestId = "r2", Unit = "bot-1" }), Message("3", list with { RequestId = "r3", FeatureSet = null }),
                Event("e1", "anna", "click", "i2", "r1"), Event("e2", "anna", "impression", "i2", "r1"), Event("e3", "anna", "click", "i2", "elsewhere"), Event("e4", "anna", "click", "i2", null),
            ]);

        var lines = (await service.Http.GetStringAsync("/v1/experiments/impressions?days=1")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(2);
        var served = JsonNode.Parse(lines[0])!["served"]!;
        ((string)served["request_id"]!, (string)served["feature_set"]!, (double)served["items"]![1]!["propensity"]!).ShouldBe(("r1", "shop-v1", 0.25));
        served["items"]!.AsArray().Select(static item => (string)item!["features"]!).ShouldBe(["AACAPw==", "AAAAQA=="]);
        lines[1].ShouldBe($$$"""{"outcome":{"request_id":"r1","item_id":"i2","type":"click","timestamp_ms":{{{Start + 5}}}}}""");
        (await service.CallAsync("GET", "/v1/experiments/impressions?days=0")).ShouldRefuse(HttpStatusCode.BadRequest, "'days'");
        (await service.CallAsync("POST", "/v1/experiments/forget", """{"user_id":"anna"}""")).Should(HttpStatusCode.OK);
        (await service.Http.GetStringAsync("/v1/experiments/impressions")).ShouldBeEmpty();
    }

    private static ExperimentDefinition Taste(ControlSnapshot snapshot) => snapshot.Layers.SelectMany(static layer => layer.Experiments).Single(static one => one.Id == "taste");

    private static JsonObject Interleaved()
    {
        var experiment = ControlApi.Experiment("taste", "ranking");
        experiment["type"] = "interleaving";
        experiment["arms"]![1]!["parameters"] = new JsonObject { ["ranker"] = "none" };
        return experiment;
    }

    private static async Task StartedAsync(RunningService service)
    {
        (await service.CallAsync("POST", "/v1/experiments", Interleaved().ToJsonString())).Should(HttpStatusCode.Created);
        (await service.CallAsync("POST", "/v1/experiments/taste/start", "{}")).Should(HttpStatusCode.OK);
    }

    private static async Task<long> VersionAsync(RunningService service) => (long)(await service.GetAsync("/v1/experiments/taste"))["version"]!;

    /// <summary>An exposure, two lists of four items, and clicks by the person's number.</summary>
    private static IEnumerable<BrokerMessage> Person(int number)
    {
        var user = $"user-{number}";
        yield return new BrokerMessage($"x{number}", "/events/exposures", System.Text.Json.JsonSerializer.Serialize(
            new ExposureBatch([new Exposure($"x{number}", "taste", number % 2 == 0 ? "a" : "b", user, "user", $"r{number}", 1, 1, 0.5, Start)]), ContractsJson.Default.ExposureBatch));
        foreach (var request in (string[])[$"r{number}", $"s{number}"])
        {
            yield return Message(request, new Impression(
                request, user, "user", Start, 1, 0, "m", "m", null, [], [new("i1", 1, 0.5, null, "a"), new("i2", 2, 1, null, "b"), new("i3", 3, 0.5, null, "b"), new("i4", 4, 1, null, "a")],
                new TeamCredit("taste", user, "user")));
        }

        (string Request, string Item)[] clicks = (number % 10) switch
        {
            < 6 => [("r", "i2"), ("r", "i3"), ("r", "i1")],
            < 8 => [("s", "i1")],
            8 => [("r", "i1"), ("s", "i2")],
            _ => [("r", "other"), ("elsewhere", "i2")],
        };
        foreach (var (request, item) in clicks)
            yield return Event($"{user}-{request}-{item}", user, "click", item, $"{request}{number}");
    }

    private static BrokerMessage Message(string id, Impression list) =>
        new($"m{id}", "/events/impressions", System.Text.Json.JsonSerializer.Serialize(new ImpressionBatch([list]), ContractsJson.Default.ImpressionBatch));

    private static BrokerMessage Event(string id, string user, string type, string item, string? request) => new(
        id, "/events/outcomes", System.Text.Json.JsonSerializer.Serialize(new ShopEventBatch([new ShopEvent(id, type, user, null, item, Start + 5, RequestId: request)]), ContractsJson.Default.ShopEventBatch));
}
