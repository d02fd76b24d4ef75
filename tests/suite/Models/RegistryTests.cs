using System.Net;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.Tests.Suite.Servers;
using Splitrail.Tests.Suite.Stores;
using Xunit;
using static Splitrail.Tests.Suite.Models.RegistryCalls;

namespace Splitrail.Tests.Suite.Models;

[Collection(PostgresTests.Name)]
public sealed class RegistryTests(PostgresServer postgres)
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Activation_and_rollback_change_registry_and_snapshot_as_one_and_are_audited(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        ModelFolder.Publish(store.In("models"), "m1");
        ModelFolder.Publish(store.In("models"), "m2");
        var service = await store.RegistryAsync();
        await service.PublishedAsync("m2");
        await service.ActivateAsync("m1");
        var answer = await service.ActivateAsync("m2");

        ((string)answer.Json["production"]!["ranking"]!).ShouldBe("m2");
        var snapshot = (await service.ControlAsync(0)).Snapshot!;
        snapshot.ActiveModel.ShouldBe("m2");
        ServedModels.Of(snapshot).Production.ShouldBe(new ModelLineup("m2", "m2"));
        ServedModels.Of(snapshot).Previous.ShouldBe(new ModelLineup("m1", "m1"));
        (await service.StageAsync("m1", "ranking")).ShouldBe("archived");
        (await service.StageAsync("m2", "ranking")).ShouldBe("production");

        (await service.CallAsync("POST", "/v1/models/rollback", """{"reason":{"kind":"harm","note":"clicks fell"}}""", actor: "berta")).Should(HttpStatusCode.OK);
        (await service.ControlAsync(0)).Snapshot!.ActiveModel.ShouldBe("m1");
        (await service.StageAsync("m2", "candidate")).ShouldBe("archived");
        (await service.CallAsync("POST", "/v1/models/rollback")).ShouldRefuse(HttpStatusCode.Conflict, "No other version was in production before");
        var last = (await service.CallAsync("GET", "/v1/models/history")).Json["changes"]![0]!;
        ((string)last["actor"]!, (string)last["action"]!, (string)last["reason"]!["note"]!).ShouldBe(("berta", "rollback", "clicks fell"));
        ((bool)(await service.GetAsync("/v1/experiments/audit/verify"))["intact"]!).ShouldBeTrue();
    }

    [Theory, OnSqlite]
    public async Task What_fails_a_gate_is_activated_only_with_a_reason(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        ModelFolder.Publish(store.In("models"), "good", new Dictionary<string, double> { ["ndcg_at_10_two_stage"] = 0.2, ["latency_p50_us"] = 100 });
        ModelFolder.Publish(store.In("models"), "worse", new Dictionary<string, double> { ["ndcg_at_10_two_stage"] = 0.19, ["latency_p50_us"] = 100 });
        ModelFolder.Publish(store.In("models"), "slow", new Dictionary<string, double> { ["ndcg_at_10_two_stage"] = 0.21, ["latency_p50_us"] = 200 });
        var service = await store.RegistryAsync();
        foreach (var version in new[] { "good", "worse", "slow" })
            await service.PublishedAsync(version);
        (await service.CallAsync("POST", "/v1/models/good/activate")).ShouldRefuse(HttpStatusCode.Conflict, "opens: ranking-svc does not answer", "send override");
        await service.ActivateAsync("good");

        (await service.CallAsync("POST", "/v1/models/worse/activate")).ShouldRefuse(HttpStatusCode.Conflict, "quality: ndcg_at_10_two_stage 0.19 (production 0.2)");
        (await service.CallAsync("POST", "/v1/models/slow/activate")).ShouldRefuse(HttpStatusCode.Conflict, "latency: latency_p50_us 200 (production 100)");
        (await service.CallAsync("POST", "/v1/models/worse/activate", """{"override":{"kind":"because"}}""")).ShouldRefuse(HttpStatusCode.BadRequest, "override.kind");
        (await service.ControlAsync(0)).Snapshot!.ActiveModel.ShouldBe("good");
        var compared = (await service.CallAsync("GET", "/v1/models/worse/compare")).Should(HttpStatusCode.OK).Json;
        ((string)compared["with"]!).ShouldBe("good");
        ((bool)compared["metrics"]!.AsArray().Single(row => (string)row!["name"]! == "ndcg_at_10_two_stage")!["better"]!).ShouldBeFalse();
        await service.ActivateAsync("worse");
        ((string)(await service.CallAsync("GET", "/v1/models/history")).Json["changes"]![0]!["reason"]!["kind"]!).ShouldBe("testing");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_damaged_or_vanished_version_is_refused_and_what_serves_stays(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        foreach (var version in new[] { "m1", "m2", "m3" })
            ModelFolder.Publish(store.In("models"), version);
        var service = await store.RegistryAsync();
        await service.PublishedAsync("m3");
        await service.ActivateAsync("m1");
        await service.ActivateAsync("m2");

        ModelFolder.Damage(store.In("models"), "m3", "ranker.onnx");
        (await service.CallAsync("POST", "/v1/models/m3/activate", Overriding)).ShouldRefuse(HttpStatusCode.Conflict, "files:", "damaged", "ranker.onnx");
        Directory.Delete(store.In("models/m1"), recursive: true);
        (await service.CallAsync("POST", "/v1/models/rollback")).ShouldRefuse(HttpStatusCode.Conflict, "'m1' cannot serve again", "Production stays as it is");
        (await service.ControlAsync(0)).Snapshot!.ActiveModel.ShouldBe("m2");
        await Eventually.TrueAsync(
            async () => (string)(await service.ModelsAsync())["models"]!.AsArray().Single(model => (string)model!["version"]! == "m1")!["files"]! == "gone", "the registry says that the files are gone");
        (await service.CallAsync("POST", "/v1/models", """{"version":"nowhere"}""")).ShouldRefuse(HttpStatusCode.NotFound, "no version 'nowhere'");
        (await service.CallAsync("POST", "/v1/models", """{"version":"../m2"}""")).ShouldRefuse(HttpStatusCode.BadRequest, "version");
    }

    [Theory, OnSqlite]
    public async Task A_version_cut_short_while_it_was_copied_is_not_registered(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        ModelFolder.Publish(store.In("models"), "whole");
        ModelFolder.Publish(store.In("models"), "cut");
        await File.WriteAllTextAsync(store.In("models/cut/ranker.onnx"), "ran");
        Directory.CreateDirectory(store.In("models/.draft-half-0"));
        var service = await store.RegistryAsync();
        await service.PublishedAsync("whole");
        (await service.CallAsync("POST", "/v1/models", """{"version":"cut"}""")).ShouldRefuse(HttpStatusCode.Conflict, "damaged", "3 bytes");
        ((string)(await service.ModelsAsync())["versions"]!.AsArray().ShouldHaveSingleItem()!).ShouldBe("whole");
    }

    [Theory, OnSqlite]
    public async Task A_ranker_serves_only_with_candidates_it_was_made_for(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        var models = store.In("models");
        ModelFolder.Publish(models, "bundle", family: "shop");
        ModelFolder.Publish(models, "ranker", types: [ModelTypes.Ranking], family: "shop");
        ModelFolder.Publish(models, "stranger", types: [ModelTypes.Ranking], family: "other");
        ModelFolder.Publish(models, "next");
        var service = await store.RegistryAsync();
        await service.PublishedAsync("stranger");
        (await service.CallAsync("POST", "/v1/models/ranker/activate", Overriding)).ShouldRefuse(HttpStatusCode.Conflict, "no version makes candidates");
        await service.ActivateAsync("bundle");

        (await service.CallAsync("POST", "/v1/models/stranger/activate", Overriding)).ShouldRefuse(HttpStatusCode.Conflict, "was not made for candidates of 'bundle'");
        await service.ActivateAsync("ranker");
        var served = ServedModels.Of((await service.ControlAsync(0)).Snapshot);
        served.Production.ShouldBe(new ModelLineup("bundle", "ranker"));
        (await service.CallAsync("POST", "/v1/models/next/activate", """{"types":["candidate"],"override":{"kind":"testing"}}""")).ShouldRefuse(HttpStatusCode.Conflict, "for both types together");
        await service.ActivateAsync("next");
        ServedModels.Of((await service.ControlAsync(0)).Snapshot).Production.ShouldBe(new ModelLineup("next", "next"));
        (await service.StageAsync("ranker", "ranking")).ShouldBe("archived");
    }

    [Theory, OnSqlite]
    public async Task An_arm_may_name_a_version_and_a_shadow_is_in_the_snapshot(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        foreach (var version in new[] { "m1", "m2", "m3" })
            ModelFolder.Publish(store.In("models"), version);
        var service = await store.RegistryAsync();
        await service.PublishedAsync("m3");
        await service.ActivateAsync("m1");
        await service.LayerAsync("models");
        var experiment = ControlApi.Experiment("between-models", "models");
        experiment["arms"]![1]!["parameters"] = new System.Text.Json.Nodes.JsonObject { ["model"] = "nobody" };
        await service.CreateAsync(experiment);
        (await service.CallAsync("POST", "/v1/experiments/between-models/start")).ShouldRefuse(HttpStatusCode.Conflict, "'nobody' is not in the registry");
        var other = ControlApi.Experiment("between-two", "models");
        other["arms"]![1]!["parameters"] = new System.Text.Json.Nodes.JsonObject { ["model"] = "m2" };
        await service.StartedAsync(other);

        var served = ServedModels.Of((await service.ControlAsync(0)).Snapshot);
        served.LineupFor("m2").ShouldBe(new ModelLineup("m2", "m2"));
        (await service.CallAsync("POST", "/v1/models/m2/archive")).ShouldRefuse(HttpStatusCode.Conflict, "An arm of a running experiment");
        // Whether it opens is asked of ranking-svc, which is not here and refuses by itself what it cannot open.
        (await service.CallAsync("POST", "/v1/models/m3/stage", """{"stage":"shadow"}""")).Should(HttpStatusCode.OK);
        ServedModels.Of((await service.ControlAsync(0)).Snapshot).Shadows.ShouldBe([new ShadowModel("candidate", "m3"), new ShadowModel("ranking", "m3")]);
        (await service.CallAsync("POST", "/v1/models/m1/stage", """{"stage":"shadow"}""")).ShouldRefuse(HttpStatusCode.Conflict, "is in production");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Two_replicas_have_one_registry_and_follow_active_json_once(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        ModelFolder.Publish(store.In("models"), "m1");
        ModelFolder.Publish(store.In("models"), "m2");
        await File.WriteAllTextAsync(store.In("models/active.json"), """{"version":"m1"}""");
        var replicas = await Task.WhenAll(store.RegistryAsync(), store.RegistryAsync());
        foreach (var replica in replicas)
            await replica.SnapshotAsync(static snapshot => snapshot.ActiveModel == "m1", "the file's model is in production");
        await replicas[0].PublishedAsync("m2");
        await replicas[0].ActivateAsync("m2");
        await replicas[1].SnapshotAsync(static snapshot => snapshot.ActiveModel == "m2", "the other replica serves it");

        // The file still says m1, as it did before: no new order, not for a replica that starts now either.
        var third = await store.RegistryAsync();
        ModelFolder.Publish(store.In("models"), "m3");
        await third.PublishedAsync("m3");
        (await third.ControlAsync(0)).Snapshot!.ActiveModel.ShouldBe("m2");
        await File.WriteAllTextAsync(store.In("models/active.json"), """{"version":"m3"}""");
        await third.SnapshotAsync(static snapshot => snapshot.ActiveModel == "m3", "a new word of the file is followed");
    }

    [Theory, OnSqlite]
    public async Task Retention_deletes_the_oldest_archived_files_and_never_what_may_serve(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        var service = await store.RegistryAsync("--ExperimentSvc:Registry:ArchivedKept=1", "--ExperimentSvc:Registry:RetentionInterval=00:00:00.050");
        foreach (var version in new[] { "a", "b", "c", "d", "e" })
        {
            ModelFolder.Publish(store.In("models"), version);
            await service.PublishedAsync(version);
            await service.ActivateAsync(version);
        }

        await Eventually.TrueAsync(() => Task.FromResult(!Directory.Exists(store.In("models/a")) && !Directory.Exists(store.In("models/b"))), "the two oldest are gone");
        // e serves, a rollback goes to d, and one more is kept.
        foreach (var version in new[] { "c", "d", "e" })
            File.Exists(store.In($"models/{version}/manifest.json")).ShouldBeTrue(version);
        (await service.CallAsync("POST", "/v1/models/a/activate", Overriding)).Status.ShouldBe(HttpStatusCode.Conflict);
        (await service.CallAsync("POST", "/v1/models/rollback", """{"version":"b"}""")).ShouldRefuse(HttpStatusCode.Conflict, "'b' cannot serve again");
        (await service.CallAsync("POST", "/v1/models/rollback")).Should(HttpStatusCode.OK);
        (await service.ControlAsync(0)).Snapshot!.ActiveModel.ShouldBe("d");
    }
}
