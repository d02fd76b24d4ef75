using Shouldly;
using Splitrail.Contracts;
using Splitrail.Datasets;
using Splitrail.Tests.Suite.Servers;
using Xunit;

namespace Splitrail.Tests.Suite.Stores;

[Collection(PostgresTests.Name)]
public sealed class FeatureSeedingTests(PostgresServer postgres)
{
    private const long Start = 1_760_000_000_000;

    [Theory, OnSqlite, OnPostgres]
    public async Task A_dataset_is_loaded_once_also_by_two_replicas_at_once(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        WriteShop(store.In("shop"), events: 5_000);
        var seed = $"--FeatureSvc:Dataset={store.In("shop")}";
        var starting = await Task.WhenAll(store.StartFeatureAsync(seed), store.StartFeatureAsync(seed));
        foreach (var replica in starting)
        {
            await replica.ReadyAsync();
            (await replica.StatisticsAsync()).ShouldBe(new ShopStatistics(50, 20, 5_000, Start, Start + 4_999));
            (await replica.CatalogAsync(0)).Items.Count.ShouldBe(20);
        }

        var again = await store.FeatureAsync(seed);
        (await again.StatisticsAsync()).Events.ShouldBe(5_000);
        var context = (await again.ContextAsync("user-7")).Context;
        context.EventCount.ShouldBe(100);
        context.LastEventMs.ShouldBe(Start + 4_957);
        var users = await again.UsersAsync(3, "user-10");
        users.Total.ShouldBe(50);
        users.Users.ShouldBe(["user-11", "user-12", "user-13"]);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Another_dataset_replaces_the_former_and_leaves_what_the_shop_itself_wrote(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        WriteShop(store.In("shop"), events: 500);
        await using (var first = await RestartableAsync(store))
        {
            await first.DeliverAsync(new ShopEvent("live", EventTypes.Purchase, "user-7", null, "item-1", Start + 9_999, 1, 5_000_000));
            await first.UpsertAsync(new CatalogItem("own", "The owner's own", "", null, null));
        }

        WriteShop(store.In("shop"), events: 700, items: 10);
        await using var second = await RestartableAsync(store);
        (await second.StatisticsAsync()).ShouldBe(new ShopStatistics(50, 11, 701, Start, Start + 9_999));
        (await second.ContextAsync("user-7")).Context.EventCount.ShouldBe(15);
        var items = (await second.CatalogAsync(0)).Items.ToDictionary(item => item.ItemId);
        items["item-15"].Hidden.ShouldBeTrue("the new dataset does not have it");
        items["item-5"].Hidden.ShouldBeFalse();
        items["own"].Hidden.ShouldBeFalse();
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_load_that_breaks_in_the_middle_leaves_nothing_and_is_done_again(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        WriteShop(store.In("shop"), events: 3_000);
        var file = store.In("shop/events.tsv");
        var whole = await File.ReadAllBytesAsync(file);
        await File.WriteAllBytesAsync(file, whole[..(whole.Length / 2)]);
        var service = await store.StartFeatureAsync($"--FeatureSvc:Dataset={store.In("shop")}");
        await Eventually.TrueAsync(
            async () => ((string)(await service.GetAsync("/health"))["checks"]!["dataset"]!["detail"]!).Contains("damaged", StringComparison.Ordinal), "health names the damage");
        (await service.StatisticsAsync()).Events.ShouldBe(0);
        (await service.CatalogAsync(0)).Outcome.ShouldBe(Outcomes.NotReady);

        await File.WriteAllBytesAsync(file, whole);
        await service.ReadyAsync();
        (await service.CatalogAsync(0)).Items.Count.ShouldBe(20);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_process_killed_while_it_loads_leaves_nothing_and_the_next_one_loads_all(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        WriteShop(store.In("shop"), events: 400_000);
        using (var process = FeatureProcess.Start(store))
        {
            await Eventually.TrueAsync(async () => (await process.DatasetDetailAsync()).StartsWith("loading, ", StringComparison.Ordinal), TimeSpan.FromSeconds(60), "the load is under way");
            process.Kill();
        }

        var service = await store.StartFeatureAsync();
        (await service.ReadyAsync()).ShouldNotBeNull();
        var left = await service.StatisticsAsync();
        (left.Events, left.Items).ShouldBe((0, 0));
        await service.DisposeAsync();
        var next = await RestartableAsync(store);
        (await next.StatisticsAsync()).Events.ShouldBe(400_000);
    }

    private static async Task<RunningService> RestartableAsync(TestStore store) => await store.FeatureAsync($"--FeatureSvc:Dataset={store.In("shop")}");

    private static void WriteShop(string folder, int events, int items = 20)
    {
        var writer = new DatasetWriter("shop", "test");
        for (var i = 0; i < items; i++)
            writer.Add(new CatalogItem($"item-{i}", $"Item {i}", "things", 1 + i, null));
        for (var i = 0; i < events; i++)
            writer.Add(new EventRow(Start + i, EventTypes.View, $"user-{i % 50}", null, $"item-{i % items}"));
        writer.Write(folder);
    }
}
