using Shouldly;
using Splitrail.Contracts;
using Splitrail.Tests.Suite.Servers;
using Splitrail.Tests.Suite.Stores;
using Xunit;

namespace Splitrail.Tests.Suite.Models;

[Collection(PostgresTests.Name)]
public sealed class ActivationWatchTests(PostgresServer postgres)
{
    [Theory, OnSqlite, OnPostgres]
    public async Task A_model_that_halves_click_through_is_rolled_back_with_a_sentence(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        ModelFolder.Publish(store.In("models"), "good");
        ModelFolder.Publish(store.In("models"), "bad");
        var service = await store.RegistryAsync("--ExperimentSvc:Registry:WatchInterval=00:00:00.050");
        await service.PublishedAsync("bad");
        await service.ActivateAsync("good");
        await ShopAsync(service, "before", impressions: 4000, clicks: 800);
        await service.ActivateAsync("bad");
        (await service.ModelsAsync())["watched_until"].ShouldNotBeNull();
        await ShopAsync(service, "after", impressions: 4000, clicks: 400);

        await service.SnapshotAsync(static snapshot => snapshot.ActiveModel == "good", "the watch rolls back", TimeSpan.FromMinutes(1));
        var last = (await service.CallAsync("GET", "/v1/models/history")).Json["changes"]![0]!;
        ((string)last["actor"]!, (string)last["action"]!).ShouldBe(("watch", "rollback"));
        ((string)last["reason"]!["note"]!).ShouldContain("click_through fell from");
        (await service.ModelsAsync())["watched_until"].ShouldBeNull();
    }

    [Theory, OnSqlite]
    public async Task A_model_that_serves_as_before_stays_and_its_watch_ends(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        ModelFolder.Publish(store.In("models"), "one");
        ModelFolder.Publish(store.In("models"), "two");
        var service = await store.RegistryAsync("--ExperimentSvc:Registry:WatchInterval=00:00:00.050", "--ExperimentSvc:Registry:Watch=00:00:02");
        await service.PublishedAsync("two");
        await service.ActivateAsync("one");
        await ShopAsync(service, "before", impressions: 2000, clicks: 400);
        await service.ActivateAsync("two");
        await ShopAsync(service, "after", impressions: 2000, clicks: 400);

        await Eventually.TrueAsync(async () => (await service.ModelsAsync())["watched_until"] is null, "the watch ends");
        (await service.ControlAsync(0)).Snapshot!.ActiveModel.ShouldBe("two");
    }

    /// <summary>What shoppers did with recommendations, clicks among the impressions; it counts when it arrives.</summary>
    private static async Task ShopAsync(RunningService service, string name, int impressions, int clicks)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        ShopEvent Event(int i, string type) => new($"{name}-{type}-{i}", type, $"user-{i}", null, "item", now, RequestId: $"{name}-{i}");
        var every = impressions / clicks;
        var all = Enumerable.Range(0, impressions).SelectMany(i => i % every == 0 ? [Event(i, EventTypes.Impression), Event(i, EventTypes.Click)] : new[] { Event(i, EventTypes.Impression) });
        foreach (var events in all.Chunk(1000))
            (await service.DeliverAsync("/events/outcomes", new ShopEventBatch(events), ContractsJson.Default.ShopEventBatch)).ShouldBe("SUCCESS");
    }
}
