using Shouldly;
using Splitrail.Contracts;
using Splitrail.Tests.Suite.Servers;
using Xunit;

namespace Splitrail.Tests.Suite.Stores;

[Collection(PostgresTests.Name)]
public sealed class FeatureCatalogTests(PostgresServer postgres)
{
    [Theory, OnSqlite, OnPostgres]
    public async Task A_reader_gets_everything_first_and_then_only_what_changed(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        var service = await store.FeatureAsync();
        var lamp = new CatalogItem("lamp", "Lamp \"Zoë\" & more", "lights", 12.34m, 7, Attributes: new Dictionary<string, string> { ["maker"] = "Ö" });
        var first = await service.UpsertAsync(lamp, new CatalogItem("mug", "Mug", "", null, null));
        first.Outcome.ShouldBe(Outcomes.Accepted);

        var all = await service.CatalogAsync(0);
        (all.Outcome, all.Full, all.Version).ShouldBe((Outcomes.Changed, true, first.Version));
        var read = all.Items.Single(item => item.ItemId == "lamp");
        read.Attributes!["maker"].ShouldBe("Ö");
        (read with { Attributes = null }).ShouldBe(lamp with { Attributes = null });
        all.Items.Single(item => item.ItemId == "mug").ShouldBe(new CatalogItem("mug", "Mug", "", null, null));
        (await service.CatalogAsync(first.Version)).Outcome.ShouldBe(Outcomes.Unchanged);

        await service.UpsertAsync(lamp with { Stock = 0, Hidden = true });
        var changed = await service.CatalogAsync(first.Version);
        changed.Full.ShouldBeFalse();
        var item = changed.Items.ShouldHaveSingleItem();
        (item.ItemId, item.Stock, item.Hidden, item.Price).ShouldBe(("lamp", 0, true, 12.34m));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_version_of_another_database_gets_everything(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        var service = await store.FeatureAsync();
        var version = (await service.UpsertAsync(new CatalogItem("mug", "Mug", "", null, null))).Version;
        (await service.CatalogAsync(17)).Full.ShouldBeTrue("it is older than this database");
        (await service.CatalogAsync(version + 5)).Full.ShouldBeTrue("it is newer than anything here");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Another_replica_serves_an_edit_and_so_does_a_restart(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        var one = await store.FeatureAsync();
        var other = await store.FeatureAsync();
        var version = (await one.UpsertAsync(new CatalogItem("mug", "Mug", "", 1m, 1))).Version;
        await Eventually.TrueAsync(async () => (await other.CatalogAsync(version)).Outcome == Outcomes.Unchanged, "the other replica holds the edit");
        (await (await store.FeatureAsync()).CatalogAsync(0)).Items.ShouldHaveSingleItem().ItemId.ShouldBe("mug");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Edits_at_the_same_time_all_reach_a_reader_that_takes_only_changes(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        RunningService[] replicas = [await store.FeatureAsync(), await store.FeatureAsync()];
        var edits = Enumerable.Range(0, 60).Select(i => Task.Run(() => replicas[i % 2].UpsertAsync(new CatalogItem($"item-{i}", "Item", "", i, i)))).ToArray();
        var seen = new Dictionary<string, CatalogItem>();
        var version = 0L;
        async Task<bool> ReadAllAsync()
        {
            var changes = await replicas[0].CatalogAsync(version);
            foreach (var item in changes.Items)
                seen[item.ItemId] = item;
            version = changes.Version;
            return seen.Count == edits.Length;
        }

        await Eventually.TrueAsync(ReadAllAsync, "the reader has seen every edit");
        (await Task.WhenAll(edits)).Select(answer => answer.Version).Distinct().Count().ShouldBe(edits.Length);
    }

    [Theory]
    [InlineData("""{"items":[]}""", "items")]
    [InlineData("""{"items":[{"item_id":"","title":"T","category":""}]}""", "item_id")]
    [InlineData("""{"items":[{"item_id":"a\u0000","title":"T","category":""}]}""", "item_id")]
    [InlineData("""{"items":[{"item_id":"a","title":"","category":""}]}""", "title")]
    [InlineData("""{"items":[{"item_id":"a","title":"T"}]}""", "category")]
    [InlineData("""{"items":[{"item_id":"a","title":"T","category":"","price":-1}]}""", "price -1")]
    [InlineData("""{"items":[{"item_id":"a","title":"T","category":"","stock":-3}]}""", "stock -3")]
    [InlineData("""{"items":[{"item_id":"a","title":"T","category":""},{"item_id":"a","title":"T","category":""}]}""", "twice")]
    [InlineData("""{"items":[null]}""", "items[0]")]
    public async Task A_bad_item_refuses_the_whole_request_and_says_why(string body, string expected)
    {
        await using var store = await TestStore.OnAsync(StoreEngine.Sqlite, postgres);
        var service = await store.FeatureAsync();
        using var answer = await service.Http.PostAsync(InnerPaths.CatalogUpsert, new StringContent(body, null, "application/json"));
        var text = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode).ShouldBe(200, text);
        text.ShouldContain("\"outcome\":\"invalid\"");
        text.ShouldContain(expected);
        (await service.CatalogAsync(0)).Items.ShouldBeEmpty();
    }
}
