using Shouldly;
using Splitrail.Contracts;
using Splitrail.Tests.Suite.Servers;
using Xunit;

namespace Splitrail.Tests.Suite.Stores;

[Collection(PostgresTests.Name)]
public sealed class FeatureEventTests(PostgresServer postgres)
{
    private const long Now = 1_760_000_000_000;

    [Theory, OnSqlite, OnPostgres]
    public async Task An_event_is_in_the_context_as_soon_as_it_is_acknowledged(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        var service = await store.FeatureAsync();
        (await service.ContextAsync("anna")).Outcome.ShouldBe(Outcomes.UnknownUser);
        var version = 0L;
        for (var i = 1; i <= 3; i++)
        {
            (await service.DeliverAsync(Event($"e{i}", EventTypes.View, "anna", null, $"item-{i}", Now + i))).ShouldBe("SUCCESS");
            var answer = await service.ContextAsync("anna");
            answer.Outcome.ShouldBe(Outcomes.Found);
            answer.Context.EventCount.ShouldBe(i);
            answer.Context.History[0].ItemId.ShouldBe($"item-{i}");
            answer.Context.Version.ShouldBeGreaterThan(version);
            version = answer.Context.Version;
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Events_in_any_order_and_repeated_give_the_same_context(StoreEngine engine)
    {
        var events = Enumerable.Range(0, 60)
            .Select(i => Event($"e{i}", EventTypes.All[i % EventTypes.All.Count], i % 3 == 0 ? null : "anna", "s1", $"item-{i % 7}", Now + (i / 2), 1 + i))
            .ToArray();
        var contexts = new List<UserContext>();
        foreach (var seed in (int[])[1, 2])
        {
            await using var store = await TestStore.OnAsync(engine, postgres);
            var service = await store.FeatureAsync();
            var shuffled = events.Concat(events).ToArray();
            new Random(seed).Shuffle(shuffled);
            foreach (var batch in shuffled.Chunk(17))
                (await service.DeliverAsync(batch)).ShouldBe("SUCCESS");
            (await service.StatisticsAsync()).Events.ShouldBe(60);
            contexts.Add((await service.ContextAsync("anna", "s1")).Context);
        }

        contexts[0].History.Count.ShouldBe(7);
        contexts[1].History.ShouldBe(contexts[0].History);
        (contexts[1].EventCount, contexts[1].MeanLogPrice, contexts[1].LastEventMs).ShouldBe((contexts[0].EventCount, contexts[0].MeanLogPrice, contexts[0].LastEventMs));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_context_is_the_union_of_user_and_session_without_counting_twice(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        var service = await store.FeatureAsync();
        await service.DeliverAsync(
            Event("1", EventTypes.View, "anna", "s1", "both", Now),
            Event("2", EventTypes.View, "anna", "s0", "earlier", Now - 10),
            Event("3", EventTypes.View, null, "s1", "before-login", Now - 5),
            Event("4", EventTypes.View, "ben", "s2", "ben's", Now));

        (await service.ContextAsync("anna", "s1")).Context.History.Select(item => item.ItemId).ShouldBe(["both", "before-login", "earlier"]);
        (await service.ContextAsync("anna", "s1")).Context.EventCount.ShouldBe(3);
        (await service.ContextAsync(null, "s1")).Context.EventCount.ShouldBe(2);
        (await service.ContextAsync("anna")).Context.EventCount.ShouldBe(2);
        var several = (await service.ContextsAsync(new("anna", "s1"), new("nobody", null), new(null, "s1"))).Entries;
        several.Select(answer => answer.Context.EventCount).ShouldBe([3, 0, 2]);
        several.Select(answer => answer.Outcome).ShouldBe([Outcomes.Found, Outcomes.UnknownUser, Outcomes.Found]);
        (await service.ContextAsync(null)).Outcome.ShouldBe(Outcomes.UnknownUser);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Impressions_are_stored_and_say_nothing_of_taste(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        var service = await store.FeatureAsync();
        await service.DeliverAsync(Event("1", EventTypes.Impression, "anna", null, "a", Now), Event("2", EventTypes.Purchase, "ben", null, "b", Now, 3_000_000));

        (await service.ContextAsync("anna")).Outcome.ShouldBe(Outcomes.UnknownUser);
        var ben = (await service.ContextAsync("ben")).Context;
        (ben.History[0].Bought, ben.History[0].LastBoughtMs).ShouldBe((1, Now));
        ben.MeanLogPrice!.Value.ShouldBe(Math.Log(3), 1e-12);
        (await service.StatisticsAsync()).ShouldBe(new ShopStatistics(1, 0, 2, Now, Now));
        (await service.UsersAsync(10)).Users.ShouldBe(["ben"]);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Another_replica_sees_an_event_when_its_cache_has_aged(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        var one = await store.FeatureAsync("--FeatureSvc:ContextTtl=00:00:00.200");
        var other = await store.FeatureAsync("--FeatureSvc:ContextTtl=00:00:00.200");
        (await other.ContextAsync("anna")).Context.EventCount.ShouldBe(0);
        await one.DeliverAsync(Event("1", EventTypes.Click, "anna", null, "a", Now));
        await Eventually.TrueAsync(async () => (await other.ContextAsync("anna")).Context.EventCount == 1, "the other replica reads the event");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_batch_with_a_bad_event_stores_the_good_ones_and_is_dropped(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        var service = await store.FeatureAsync();
        var good = Event("1", EventTypes.Click, "anna", null, "a", Now);
        ShopEvent[] bad =
        [
            good with { EventId = "" },
            good with { EventId = "2", Type = "stare" },
            good with { EventId = "3", UserId = null },
            good with { EventId = "4", TimestampMs = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() },
            good with { EventId = "5", ItemId = "a\0b" },
            good with { EventId = "6", Quantity = 0 },
            good with { EventId = "7", ValueMicros = -1 },
        ];
        (await service.DeliverAsync([good, .. bad])).ShouldBe("DROP");
        (await service.DeliverAsync("/events/interactions", new ShopEventBatch(null!), ContractsJson.Default.ShopEventBatch)).ShouldBe("DROP");
        (await service.StatisticsAsync()).Events.ShouldBe(1);
        (await service.Http.GetStringAsync("/metrics")).ShouldContain("splitrail_feature_events_total{outcome=\"invalid\"} 8");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task An_id_that_nobody_can_have_is_an_unknown_user(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        var service = await store.FeatureAsync();
        foreach (var id in (string[])["", "a\0b", "line\nbreak", new string('x', 1_000)])
        {
            (await service.ContextAsync(id, id)).Outcome.ShouldBe(Outcomes.UnknownUser);
            (await service.UsersAsync(5, id)).Users.ShouldBeEmpty();
        }
    }

    [Theory, OnPostgres]
    public async Task A_lost_database_is_503_and_a_message_comes_again_until_it_is_back(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        var service = await store.FeatureAsync();
        await service.DeliverAsync(Event("1", EventTypes.Click, "anna", null, "a", Now));
        await postgres.CutOffAsync(store.Postgres!);

        var late = Event("2", EventTypes.Click, "anna", null, "b", Now + 1);
        (await service.DeliverAsync(late)).ShouldBe("RETRY");
        using (var answer = await service.Http.PostAsync(InnerPaths.Context, new StringContent("{\"user_id\":\"ben\"}", null, "application/json")))
        {
            ((int)answer.StatusCode).ShouldBe(503);
            (await answer.Content.ReadAsStringAsync()).ShouldContain("the database is away");
        }

        ((string)(await service.GetAsync("/health"))["checks"]!["database"]!["status"]!).ShouldBe("degraded");
        (await service.Http.GetAsync("/health/ready")).IsSuccessStatusCode.ShouldBeTrue("a lost store must not take the replica out of rotation");
        (await service.CatalogAsync(0)).Outcome.ShouldBe(Outcomes.Changed, "the catalogue is served from memory");

        await postgres.BringBackAsync(store.Postgres!);
        (await service.DeliverAsync(late)).ShouldBe("SUCCESS");
        (await service.ContextAsync("anna")).Context.EventCount.ShouldBe(2);
    }

    private static ShopEvent Event(string id, string type, string? user, string? session, string item, long at, long valueMicros = 0) =>
        new(id, type, user, session, item, at, 1, valueMicros);
}
