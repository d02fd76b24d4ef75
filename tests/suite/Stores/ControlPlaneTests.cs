using System.Net;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.Feeds;
using Splitrail.Tests.Suite.Models;
using Splitrail.Tests.Suite.Servers;
using Xunit;
using static Splitrail.Tests.Suite.Stores.ExperimentCalls;

namespace Splitrail.Tests.Suite.Stores;

[Collection(PostgresTests.Name)]
public sealed class ControlPlaneTests(PostgresServer postgres)
{
    private const int Slots = 1 << 20;

    [Theory, OnSqlite, OnPostgres]
    public async Task A_new_shop_starts_with_one_experiment(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        var service = await store.ExperimentAsync();
        var answer = await service.ControlAsync(0);
        answer.Outcome.ShouldBe(Outcomes.Changed);
        var snapshot = answer.Snapshot!;
        SnapshotHash.Matches(snapshot).ShouldBeTrue();
        var layer = snapshot.Layers.ShouldHaveSingleItem();
        layer.Experiments.ShouldHaveSingleItem().Arms.Count(arm => arm.IsControl).ShouldBe(1);
        layer.SlotMap.Sum(range => range.End - range.Start).ShouldBe(Slots);
        (await service.ControlAsync(snapshot.Version)).Outcome.ShouldBe(Outcomes.Unchanged);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task An_edit_of_the_file_moves_the_fewest_slots_and_undoing_it_brings_everybody_back(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        store.WriteDefinitions(Definitions(0.5, 0.5));
        var service = await store.FollowingAsync();
        var first = (await service.ControlAsync(0)).Snapshot!;
        store.WriteDefinitions(Definitions(0.75, 0.25));
        var second = await service.SnapshotAsync(snapshot => snapshot.Version > first.Version, "the edit is published");

        Moved(first, second).ShouldBe(Slots / 4);
        second.Layers[0].Experiments[0].Epoch.ShouldBe(2);
        store.WriteDefinitions(Definitions(0.5, 0.5));
        var third = await service.SnapshotAsync(snapshot => snapshot.Version > second.Version, "the undo is published");
        third.Layers[0].SlotMap.ShouldBe(first.Layers[0].SlotMap);
        third.Layers[0].Experiments[0].Epoch.ShouldBe(3);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_call_of_the_feed_is_kept_until_there_is_something_new_here_or_on_another_replica(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        store.WriteDefinitions(Definitions(0.5, 0.5));
        var services = await Task.WhenAll(store.FollowingAsync(), store.FollowingAsync());
        var held = (await services[1].SnapshotAsync(static snapshot => snapshot.Version > 0, "both replicas are ready")).Version;

        var waiting = services.Select(service => service.KeptAsync(held)).ToArray();
        store.WriteDefinitions(Definitions(0.75, 0.25));
        foreach (var answer in await Task.WhenAll(waiting))
            (answer.Outcome, answer.Snapshot?.Version).ShouldBe((Outcomes.Changed, held + 1));

        // Of a version that is not there yet nobody is sent back at once.
        (await services[0].KeptAsync(held + 2)).Snapshot!.Version.ShouldBe(held + 1);
        (await services[0].ControlAsync(held + 1)).Outcome.ShouldBe(Outcomes.Unchanged);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_restart_keeps_version_assignment_and_epoch(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        store.WriteDefinitions(Definitions(0.5, 0.5));
        ControlSnapshot before;
        await using (var service = await store.FollowingAsync())
        {
            store.WriteDefinitions(Definitions(0.9, 0.1));
            before = await service.SnapshotAsync(static snapshot => snapshot.Version == 2, "the edit is published");
        }

        await using (var service = await store.FollowingAsync())
        {
            var after = (await service.ControlAsync(0)).Snapshot!;
            (after.Version, after.ContentHash, after.CreatedMs).ShouldBe((before.Version, before.ContentHash, before.CreatedMs));
        }

        // Edited while nobody ran.
        store.WriteDefinitions(Definitions(0.8, 0.2));
        var last = (await (await store.FollowingAsync()).ControlAsync(0)).Snapshot!;
        last.Version.ShouldBe(3);
        Moved(before, last).ShouldBeInRange((Slots / 10) - 1, (Slots / 10) + 1);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Two_replicas_publish_one_sequence_of_snapshots(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        store.WriteDefinitions(Definitions(0.5, 0.5));
        var replicas = await Task.WhenAll(store.FollowingAsync(), store.FollowingAsync());
        for (var edit = 2; edit <= 4; edit++)
        {
            store.WriteDefinitions(Definitions(0.1 * edit, 1 - (0.1 * edit)));
            var snapshots = await Task.WhenAll(replicas.Select(replica => replica.SnapshotAsync(snapshot => snapshot.Version == edit, $"version {edit} is served")));
            snapshots[0].ContentHash.ShouldBe(snapshots[1].ContentHash);
        }
    }

    [Theory, OnSqlite]
    public async Task An_invalid_edit_is_never_published_and_health_quotes_it(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        store.WriteDefinitions(Definitions(0.5, 0.5));
        var service = await store.FollowingAsync();
        store.WriteDefinitions(Definitions(0.5, 0.6));
        async Task<string> FaultAsync() => (string)(await service.GetAsync("/health"))["checks"]!["definitions"]!["detail"]!;
        await Eventually.TrueAsync(async () => (await FaultAsync()).Contains("0.5 + 0.6 = 1.1", StringComparison.Ordinal), "health quotes the shares");
        (await service.ControlAsync(0)).Snapshot!.Version.ShouldBe(1);

        store.WriteDefinitions(Definitions(0.4, 0.6));
        await service.SnapshotAsync(static snapshot => snapshot.Version == 2, "the corrected edit is published");
        ((string)(await service.GetAsync("/health"))["checks"]!["definitions"]!["status"]!).ShouldBe("healthy");
    }

    [Theory, OnSqlite]
    public async Task A_restart_with_an_invalid_file_serves_the_last_good_snapshot(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        store.WriteDefinitions(Definitions(0.5, 0.5));
        ControlSnapshot before;
        await using (var service = await store.FollowingAsync())
            before = (await service.ControlAsync(0)).Snapshot!;
        store.WriteDefinitions("{ no json");
        var restarted = await store.FollowingAsync();
        (await restarted.ControlAsync(0)).Snapshot!.ContentHash.ShouldBe(before.ContentHash);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_published_model_is_in_the_next_snapshot(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        ModelFolder.Publish(store.In("models"), "2026-01-01");
        var service = await store.FollowingAsync($"--ExperimentSvc:ModelsDirectory={store.In("models")}");
        var first = (await service.ControlAsync(0)).Snapshot!;
        first.ActiveModel.ShouldBeNull();
        await File.WriteAllTextAsync(store.In("models/active.json"), """{"version":"2026-01-01"}""");
        var second = await service.SnapshotAsync(static snapshot => snapshot.ActiveModel == "2026-01-01", "the model is active");
        second.Version.ShouldBe(first.Version + 1);
        second.Layers[0].Experiments[0].Epoch.ShouldBe(1, "nobody moved");
        ((string)(await service.GetAsync("/v1/models"))["active"]!).ShouldBe("2026-01-01");

        await File.WriteAllTextAsync(store.In("models/active.json"), "{");
        await Eventually.TrueAsync(
            async () => (string)(await service.GetAsync("/health"))["checks"]!["models"]!["status"]! == "degraded", "health says that active.json is broken");
        (await service.ControlAsync(0)).Snapshot!.ActiveModel.ShouldBe("2026-01-01");
    }

    [Theory, OnPostgres]
    public async Task A_lost_database_stops_neither_the_feed_nor_a_later_edit(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        store.WriteDefinitions(Definitions(0.5, 0.5));
        var service = await store.FollowingAsync();
        await postgres.CutOffAsync(store.Postgres!);
        store.WriteDefinitions(Definitions(0.6, 0.4));
        await Eventually.TrueAsync(
            async () => (string)(await service.GetAsync("/health"))["checks"]!["database"]!["status"]! == "degraded", "health says that the database is away");
        (await service.ControlAsync(0)).Snapshot!.Version.ShouldBe(1);
        (await service.DeliverAsync(new Exposure("x", "order", "a", "u", "user", "r", 1, 1, 0.5, 1))).ShouldBe("RETRY");
        (await service.Http.GetAsync("/v1/experiments")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);

        await postgres.BringBackAsync(store.Postgres!);
        await service.SnapshotAsync(static snapshot => snapshot.Version == 2, "the edit is published when the database is back");
    }

    private static int Moved(ControlSnapshot before, ControlSnapshot after)
    {
        var (one, other) = (Owners(before), Owners(after));
        return Enumerable.Range(0, Slots).Count(slot => one[slot] != other[slot]);
    }

    private static string?[] Owners(ControlSnapshot snapshot)
    {
        var owners = new string?[Slots];
        foreach (var range in snapshot.Layers[0].SlotMap)
            Array.Fill(owners, $"{range.Experiment}/{range.Arm}", range.Start, range.End - range.Start);
        return owners;
    }
}
