using System.Net;
using System.Text.Json.Nodes;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.Tests.Suite.Servers;
using Xunit;
using static Splitrail.Tests.Suite.Stores.ControlApi;

namespace Splitrail.Tests.Suite.Stores;

[Collection(PostgresTests.Name)]
public sealed class SettingTests(PostgresServer postgres)
{
    private const int Slots = 1 << 20;

    [Theory, OnSqlite, OnPostgres]
    public async Task A_holdout_of_a_layer_takes_free_users_and_gives_them_back(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        var service = await store.ExperimentAsync();
        var version = await service.LayerAsync("ranking");
        await service.StartedAsync(Experiment("x", traffic: 0.5));
        var before = await MapAsync(service);
        var resized = (await service.CallAsync("PUT", "/v1/layers/ranking", """{"id":"ranking","seed":"ranking-1","holdout":0.25}""", version)).Should(HttpStatusCode.OK);
        ((double)resized.Json["free"]!).ShouldBe(0.25, 1e-5);
        var held = await MapAsync(service);
        held.Where(range => range.Experiment == ReservedNames.Holdout).Sum(range => range.End - range.Start).ShouldBe(Slots / 4);
        held.Where(range => range.Experiment == "x").ShouldBe(before, "nobody of the experiment moved");

        (await service.CallAsync("PUT", "/v1/layers/ranking", """{"id":"ranking","seed":"ranking-1","holdout":0.6}""", resized.Version)).ShouldRefuse(HttpStatusCode.Conflict, "has no room");
        (await service.CallAsync("PUT", "/v1/layers/ranking", """{"id":"ranking","seed":"ranking-2"}""", resized.Version)).ShouldRefuse(HttpStatusCode.Conflict, "deals all users", "x run in it");
        (await service.CallAsync("PUT", "/v1/layers/ranking", """{"id":"ranking","seed":"ranking-1"}""", resized.Version)).Should(HttpStatusCode.OK);
        (await MapAsync(service)).ShouldBe(before);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_global_holdout_is_in_the_snapshot_and_grows_by_the_fewest(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        var service = await store.ExperimentAsync();
        var first = await service.CallAsync("GET", "/v1/holdout");
        (await service.ControlAsync(0)).Snapshot!.GlobalHoldout.ShouldBeNull();
        var saved = (await service.CallAsync("PUT", "/v1/holdout", """{"share":0.05}""", first.Version)).Should(HttpStatusCode.OK);
        var small = (await service.ControlAsync(0)).Snapshot!.GlobalHoldout!;
        small.SlotMap.Sum(range => range.End - range.Start).ShouldBe(Slots / 20);
        (await service.CallAsync("PUT", "/v1/holdout", """{"share":0.1}""", first.Version)).ShouldRefuse(HttpStatusCode.Conflict, "Read it again");
        (await service.CallAsync("PUT", "/v1/holdout", """{"share":0.1}""", saved.Version)).Should(HttpStatusCode.OK);
        var large = (await service.ControlAsync(0)).Snapshot!.GlobalHoldout!;
        Experiments.SlotMap.Distance(small.SlotMap, large.SlotMap).ShouldBe((Slots / 10) - (Slots / 20));
        (await service.CallAsync("PUT", "/v1/holdout", """{"share":1}""", 2)).ShouldRefuse(HttpStatusCode.BadRequest, "below 1");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Flags_are_switched_and_start_no_epoch(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        var service = await store.ExperimentAsync();
        var flags = await service.CallAsync("GET", "/v1/flags");
        flags.Json["flags"]!.AsObject().ShouldAllBe(flag => (bool)flag.Value!);
        (await service.CallAsync("PUT", "/v1/flags", """{"flags":{"ranking":false}}""")).ShouldRefuse(HttpStatusCode.PreconditionRequired);
        (await service.CallAsync("PUT", "/v1/flags", """{"flags":{"rank":false}}""", flags.Version)).ShouldRefuse(HttpStatusCode.BadRequest, "use personal-candidates");
        (await service.CallAsync("PUT", "/v1/flags", """{"flags":{"ranking":false}}""", flags.Version)).Should(HttpStatusCode.OK);
        var snapshot = (await service.ControlAsync(0)).Snapshot!;
        (snapshot.Flags["ranking"], snapshot.Layers[0].Experiments[0].Epoch).ShouldBe((false, 1));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_file_is_imported_whole_or_not_at_all(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        var service = await store.ExperimentAsync();
        var version = (await service.ControlAsync(0)).Snapshot!.Version;
        var file = JsonNode.Parse(ExperimentCalls.Definitions(0.5, 0.5))!;
        file["layers"]![0]!["experiments"]![0]!["arms"]![0]!["share"] = 0.7;
        (await service.CallAsync("POST", "/v1/experiments/import", file.ToJsonString())).ShouldRefuse(HttpStatusCode.BadRequest, "layers[0].experiments[0].arms[].share", "0.7 + 0.5 = 1.2");
        (await service.CallAsync("POST", "/v1/experiments/import", ExperimentCalls.Definitions(0.5, 0.5))).ShouldRefuse(HttpStatusCode.Conflict, "both set the parameter mix");
        (await service.ControlAsync(0)).Snapshot!.Version.ShouldBe(version);
        await service.ActAsync("new-items", "end");
        (await service.CallAsync("POST", "/v1/experiments/import", ExperimentCalls.Definitions(0.5, 0.5))).Should(HttpStatusCode.OK);
        (await service.ControlAsync(0)).Snapshot!.Layers.Single(layer => layer.Id == "ranking").Experiments.ShouldHaveSingleItem().Id.ShouldBe("order");
    }

    [Fact]
    public async Task While_a_file_is_followed_the_api_edits_nothing()
    {
        await using var store = await TestStore.OnAsync(StoreEngine.Sqlite, postgres);
        store.WriteDefinitions(ExperimentCalls.Definitions(0.5, 0.5));
        var service = await store.FollowingAsync();
        (await service.CallAsync("POST", "/v1/experiments/order/pause")).ShouldRefuse(HttpStatusCode.Conflict, "is the truth here");
        store.WriteDefinitions("""{"layers":[]}""");
        await service.SnapshotAsync(snapshot => snapshot.Layers.All(layer => layer.Experiments.Count == 0), "an experiment that the file no longer names stops");
        ((string)(await service.GetAsync("/v1/experiments/order"))["state"]!).ShouldBe("paused");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task With_two_person_approval_nobody_starts_or_edits_alone(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        var service = await store.ExperimentAsync("--ExperimentSvc:RequireApproval=true");
        await service.LayerAsync("ranking");
        await service.CreateAsync(Experiment("x"));
        Task<ControlAnswer> Act(string action, string actor) => service.CallAsync("POST", $"/v1/experiments/x/{action}", actor: actor);
        (await Act("start", "anna")).ShouldRefuse(HttpStatusCode.Conflict, "a second person has to approve it first");
        (await Act("submit", "anna")).Should(HttpStatusCode.OK);
        (await Act("approve", "anna")).ShouldRefuse(HttpStatusCode.Conflict, "'anna' asked for this approval");
        (await Act("approve", "ben")).Should(HttpStatusCode.OK);
        var version = (await Act("start", "anna")).Should(HttpStatusCode.OK).Version;

        var snapshot = (await service.ControlAsync(0)).Snapshot!;
        var waiting = (await service.CallAsync("PUT", "/v1/experiments/x", Experiment("x", control: 0.9, treatment: 0.1).ToJsonString(), version, "anna")).Should(HttpStatusCode.OK).Json;
        ((string)waiting["experiment"]!["lifecycle"]!["pending"]!["asked_by"]!).ShouldBe("anna");
        (await service.ControlAsync(0)).Snapshot!.Version.ShouldBe(snapshot.Version, "it waits");
        (await Act("approve", "ben")).Should(HttpStatusCode.OK);
        (await service.ControlAsync(0)).Snapshot!.Layers.Single(layer => layer.Id == "ranking").Experiments[0].Arms[0].Share.ShouldBe(0.9);
        (await service.CallAsync("POST", "/v1/experiments/import", ExperimentCalls.Definitions(0.5, 0.5))).ShouldRefuse(HttpStatusCode.Conflict, "use the single edits");
    }

    [Fact]
    public async Task The_api_describes_itself()
    {
        await using var store = await TestStore.OnAsync(StoreEngine.Sqlite, postgres);
        var service = await store.ExperimentAsync();
        var paths = (await service.GetAsync("/v1/experiments/openapi"))["paths"]!.AsObject();
        paths.ShouldContainKey("/v1/experiments/{id}/promote");
        paths.ShouldNotContainKey("/v1/feeds/control");
        foreach (var (path, operations) in paths)
        {
            if (operations!["put"] is { } put)
                put["parameters"]!.AsArray().ShouldContain(parameter => (string)parameter!["name"]! == "If-Match" && (bool)parameter["required"]!, path);
        }
    }

    private static async Task<IReadOnlyList<SlotRange>> MapAsync(RunningService service) => (await service.ControlAsync(0)).Snapshot!.Layers.Single(layer => layer.Id == "ranking").SlotMap;
}
