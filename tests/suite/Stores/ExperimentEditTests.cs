using System.Net;
using System.Text.Json.Nodes;
using Shouldly;
using Splitrail.Tests.Suite.Servers;
using Xunit;
using static Splitrail.Tests.Suite.Stores.ControlApi;

namespace Splitrail.Tests.Suite.Stores;

[Collection(PostgresTests.Name)]
public sealed class ExperimentEditTests(PostgresServer postgres)
{
    private const int Slots = 1 << 20;

    [Theory, OnSqlite, OnPostgres]
    public async Task An_experiment_goes_its_way_from_draft_to_archive(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        var service = await store.ExperimentAsync();
        await service.LayerAsync("ranking");
        var created = (await service.CallAsync("POST", "/v1/experiments", Experiment("x").ToJsonString(), actor: "anna@shop")).Should(HttpStatusCode.Created);
        created.Version.ShouldBe(1);
        ((string)created.Json["experiment"]!["state"]!).ShouldBe("draft");
        (await service.ControlAsync(0)).Snapshot!.Layers.Single(layer => layer.Id == "ranking").Experiments.ShouldBeEmpty();

        (await service.ActAsync("x", "submit")).ShouldBe(2);
        await service.ActAsync("x", "start");
        var running = (await service.ControlAsync(0)).Snapshot!.Layers.Single(layer => layer.Id == "ranking");
        running.Experiments.ShouldHaveSingleItem().Epoch.ShouldBe(1);
        running.SlotMap.Sum(range => range.End - range.Start).ShouldBe(Slots);
        foreach (var (action, state) in new[] { ("pause", "paused"), ("resume", "running"), ("end", "ended"), ("archive", "archived") })
        {
            await service.ActAsync("x", action);
            ((string)(await service.GetAsync("/v1/experiments/x"))["state"]!).ShouldBe(state);
            (await service.GetAsync($"/v1/experiments?state={state}"))["experiments"]!.AsArray().ShouldContain(experiment => (string)experiment!["id"]! == "x");
        }

        var history = (await service.GetAsync("/v1/experiments/x/history"))["changes"]!.AsArray();
        history.Select(change => (string)change!["action"]!).ShouldBe(["archive", "end", "resume", "pause", "start", "submit", "create"]);
        ((string)history[^1]!["actor"]!).ShouldBe("anna@shop");
        history[^1]!["differences"]![0]!["to"]!.AsObject().Select(member => member.Key).ShouldBe(["definition", "lifecycle"]);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_saved_split_moves_the_fewest_slots_and_its_undo_brings_everybody_back(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        var service = await store.ExperimentAsync();
        await service.LayerAsync("ranking");
        var version = await service.StartedAsync(Experiment("x"));
        var before = (await service.ControlAsync(0)).Snapshot!;
        var saved = (await service.CallAsync("PUT", "/v1/experiments/x", Experiment("x", control: 0.75, treatment: 0.25).ToJsonString(), version)).Should(HttpStatusCode.OK);
        saved.Version.ShouldBe(version + 1);
        var after = (await service.ControlAsync(0)).Snapshot!;
        ((long)saved.Json["snapshot_version"]!).ShouldBe(after.Version, "who saved reads his own edit");
        Experiments.SlotMap.Distance(Map(before), Map(after)).ShouldBe(Slots / 4);

        (await service.CallAsync("POST", "/v1/experiments/x/undo", version: saved.Version)).Should(HttpStatusCode.OK);
        Map((await service.ControlAsync(0)).Snapshot!).ShouldBe(Map(before));
        var history = (await service.GetAsync("/v1/experiments/x/history"))["changes"]!.AsArray();
        ((string)history[0]!["action"]!).ShouldBe("undo");
        history[1]!["differences"]!.AsArray().Select(difference => (string)difference!["member"]!).ShouldBe(["definition.arms[0].share", "definition.arms[1].share"]);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Of_two_owners_who_save_at_once_one_wins_and_the_other_sees_both_versions(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        var replicas = await Task.WhenAll(store.ExperimentAsync(), store.ExperimentAsync());
        await replicas[0].LayerAsync("ranking");
        var version = await replicas[0].CreateAsync(Experiment("x"));
        var answers = await Task.WhenAll(replicas.Select((replica, i) =>
            replica.CallAsync("PUT", "/v1/experiments/x", Experiment("x", control: 0.1 * (i + 1), treatment: 1 - (0.1 * (i + 1))).ToJsonString(), version)));

        answers.Select(answer => answer.Status).Order().ShouldBe([HttpStatusCode.OK, HttpStatusCode.Conflict]);
        var refused = answers.Single(answer => answer.Status == HttpStatusCode.Conflict).ShouldRefuse(HttpStatusCode.Conflict, "has version 2 now; you edited version 1").Json;
        ((long)refused["your_version"]!, (long)refused["current_version"]!).ShouldBe((1, 2));
        refused["current"]!["arms"]!.AsArray().Count.ShouldBe(2);
        refused["differences"]!.AsArray().Count.ShouldBe(2);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Another_replica_serves_an_edit_within_a_second(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        var (one, other) = (await store.ExperimentAsync(), await store.ExperimentAsync());
        await one.LayerAsync("ranking");
        await one.StartedAsync(Experiment("x"));
        var version = (await one.ControlAsync(0)).Snapshot!.Version;
        (await other.SnapshotAsync(snapshot => snapshot.Version == version, "the other replica has it", TimeSpan.FromSeconds(1))).Layers.ShouldContain(layer => layer.Id == "ranking");
        ((string)(await other.GetAsync("/v1/experiments/x"))["state"]!).ShouldBe("running");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_winner_gets_everybody_and_a_roll_back_gives_them_to_the_control(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        var service = await store.ExperimentAsync();
        await service.LayerAsync("ranking");
        await service.StartedAsync(Experiment("x"));
        (await service.CallAsync("POST", "/v1/experiments/x/promote", """{"arm":"b"}""")).ShouldRefuse(HttpStatusCode.BadRequest, "'reason' is missing", "goal_reached");
        (await service.CallAsync("POST", "/v1/experiments/x/promote", """{"arm":"c","reason":{"kind":"goal_reached"}}""")).ShouldRefuse(HttpStatusCode.BadRequest, "must be an arm of this experiment: a, b");
        await service.ActAsync("x", "promote", """{"arm":"b","reason":{"kind":"goal_reached","note":"up by 3 %"}}""");
        Map((await service.ControlAsync(0)).Snapshot!).ShouldHaveSingleItem().Arm.ShouldBe("b");
        await service.ActAsync("x", "roll_back", """{"reason":{"kind":"harm"}}""");
        Map((await service.ControlAsync(0)).Snapshot!).ShouldHaveSingleItem().Arm.ShouldBe("a");
        var experiment = await service.GetAsync("/v1/experiments/x");
        ((string)experiment["lifecycle"]!["decision"]!["kind"]!, (int)experiment["epoch"]!).ShouldBe(("rolled_back", 3));
        ((string)(await service.GetAsync("/v1/experiments/x/history"))["changes"]![0]!["reason"]!["kind"]!).ShouldBe("harm");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_restart_finds_all_edits(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        JsonNode before;
        long snapshot;
        await using (var service = await store.ExperimentAsync())
        {
            await service.LayerAsync("ranking");
            await service.StartedAsync(Experiment("x"));
            (before, snapshot) = (await service.GetAsync("/v1/experiments"), (await service.ControlAsync(0)).Snapshot!.Version);
        }

        // What the file says now is of no interest: it was the beginning only.
        store.WriteDefinitions("{ no json");
        var restarted = await store.ExperimentAsync();
        (await restarted.ControlAsync(0)).Snapshot!.Version.ShouldBe(snapshot);
        JsonNode.DeepEquals(before, await restarted.GetAsync("/v1/experiments")).ShouldBeTrue();
        var health = (await restarted.GetAsync("/health"))["checks"]!["definitions"]!;
        ((string)health["status"]!, (string)health["detail"]!).ShouldBe(("healthy", $"in the database; {store.In("experiments.json")} is not followed"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_database_of_an_earlier_release_takes_the_file_over_without_moving_anybody(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        store.WriteDefinitions(ExperimentCalls.Definitions(0.7, 0.3));
        Contracts.ControlSnapshot before;
        await using (var service = await store.ExperimentAsync())
            before = (await service.ControlAsync(0)).Snapshot!;
        await store.ExecuteAsync("DELETE FROM definitions");
        await store.ExecuteAsync("DELETE FROM audit_log");

        var upgraded = await store.ExperimentAsync();
        await Eventually.TrueAsync(async () => (await upgraded.CallAsync("GET", "/v1/experiments/order")).Status == HttpStatusCode.OK, "the file is taken over");
        var after = (await upgraded.ControlAsync(0)).Snapshot!;
        (after.Version, after.ContentHash).ShouldBe((before.Version, before.ContentHash));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_snapshot_that_breaks_a_rule_is_never_published(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        var service = await store.ExperimentAsync();
        await service.LayerAsync("ranking");
        await service.StartedAsync(Experiment("x"));
        await service.CreateAsync(Experiment("y"));
        var before = (await service.ControlAsync(0)).Snapshot!;
        // Past the API, which would have refused it.
        (await store.ExecuteAsync("UPDATE definitions SET content = REPLACE(content, '\"share\":0.5', '\"share\":0.4') WHERE id = 'x'")).ShouldBe(1);

        (await service.CallAsync("PUT", "/v1/layers/ranking", """{"id":"ranking","seed":"ranking-1","holdout":0}""", 1)).Should(HttpStatusCode.OK);
        (await service.CallAsync("PUT", "/v1/flags", """{"flags":{"search":false}}""", 1)).ShouldRefuse(HttpStatusCode.InternalServerError, "rolled back", "shares that do not sum to 1");
        (await service.ControlAsync(0)).Snapshot!.Version.ShouldBe(before.Version);
        ((bool)(await service.GetAsync("/v1/flags"))["flags"]!["search"]!).ShouldBeTrue();
    }

    private static IReadOnlyList<Contracts.SlotRange> Map(Contracts.ControlSnapshot snapshot) => snapshot.Layers.Single(layer => layer.Id == "ranking").SlotMap;
}
