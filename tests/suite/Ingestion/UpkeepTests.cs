using System.Net;
using System.Text.Json.Nodes;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.Tests.Suite.Servers;
using Splitrail.Tests.Suite.Stores;
using Xunit;

namespace Splitrail.Tests.Suite.Ingestion;

[Collection(PostgresTests.Name)]
public sealed class UpkeepTests(PostgresServer postgres)
{
    private const long Hour = 3_600_000;
    private const string Promote = """{"arm":"b","reason":{"kind":"goal_reached","note":"It won."}}""";

    [Theory, OnSqlite, OnPostgres]
    public async Task After_a_decision_nobody_is_quarantined_for_meeting_the_winner_and_what_is_bought_then_does_not_count(StoreEngine engine)
    {
        await using var store = await OutcomeOrderTests.StoreAsync(engine, postgres);
        var service = await store.ExperimentAsync();
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        (await service.DeliverAsync(Seen("1", "a", "anna", now - 5000, 1), Seen("2", "b", "bert", now - 5000, 1))).ShouldBe("SUCCESS");
        // Of the shop's own clock, which is ahead: after the decision, though it arrives before it.
        (await DeliverAsync(service, Bought("e1", "anna", now - 1000, 2), Bought("e2", "anna", now + 600_000, 4))).ShouldBe("SUCCESS");
        (await RevenueAsync(service)).ShouldBe("n=1 x=6000000");

        await service.ActAsync("order", "promote", Promote);
        (await service.DeliverAsync(Seen("3", "b", "anna", now + 1, 2), Seen("4", "b", "carl", now + 2000, 2))).ShouldBe("SUCCESS");
        (await DeliverAsync(service, Bought("e3", "anna", now + 700_000, 8))).ShouldBe("SUCCESS");
        await Eventually.TrueAsync(async () => await RevenueAsync(service) == "n=1 x=2000000", "people are counted anew up to the decision");
        var quality = await service.GetAsync("/v1/experiments/order/quality");
        ((long)quality["multi_arm_people"]!).ShouldBe(0);
        ((long)quality["counted_people"]!).ShouldBe(2);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Raw_rows_of_an_ended_experiment_go_and_its_sums_stay(StoreEngine engine)
    {
        await using var store = await OutcomeOrderTests.StoreAsync(engine, postgres);
        var clock = new SetClock();
        var service = await store.ExperimentAsync(clock, "--ExperimentSvc:Ingestion:Retention=2.00:00:00", "--ExperimentSvc:Ingestion:RetentionInterval=00:00:00.100");
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        await service.DeliverAsync(Seen("1", "a", "anna", now - 5000, 1), Seen("2", "b", "bert", now - 5000, 1));
        await DeliverAsync(service, Bought("e1", "anna", now - 1000, 2));
        await service.ActAsync("order", "end");
        var sums = await service.Http.GetStringAsync("/v1/experiments/order/sums");

        clock.Offset = TimeSpan.FromDays(3);
        await Eventually.TrueAsync(async () => (bool)(await service.GetAsync("/v1/experiments/order/quality"))["is_sealed"]!, "the experiment is sealed");
        await Eventually.TrueAsync(async () => (long)(await service.GetAsync("/v1/experiments/order/quality"))["outcomes_without_exposure"]! == 0, "old events are gone");
        (await service.DeliverAsync(Seen("9", "b", "anna", now - 4000, 1))).ShouldBe("SUCCESS");
        await DeliverAsync(service, Bought("e9", "bert", now - 900, 2));
        (await service.CallAsync("POST", "/v1/experiments/forget", """{"user_id":"anna"}""")).Should(HttpStatusCode.OK);
        (await service.Http.GetStringAsync("/v1/experiments/order/sums")).ShouldBe(sums);
        ((long)(await service.GetAsync("/v1/experiments/order/quality"))["refused"]!["after_retention"]!).ShouldBe(1);
        ((long)(await service.GetAsync("/v1/experiments/order"))["units"]!).ShouldBe(2);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task When_who_came_first_is_forgotten_the_experiment_began_with_the_next_one(StoreEngine engine)
    {
        await using var store = await OutcomeOrderTests.StoreAsync(engine, postgres);
        var service = await store.ExperimentAsync();
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        await service.DeliverAsync(Seen("1", "a", "anna", now - 9000, 1), Seen("2", "b", "bert", now - 5000, 1), Seen("3", "b", "carl", now - 4000, 1));
        foreach (var (forgotten, first) in new (string, long?)[] { ("carl", now - 9000), ("anna", now - 5000), ("bert", null) })
        {
            (await service.CallAsync("POST", "/v1/experiments/forget", $$"""{"user_id":"{{forgotten}}"}""")).Should(HttpStatusCode.OK);
            var told = (DateTimeOffset?)(await service.GetAsync("/v1/experiments/order/quality"))["first_exposure"];
            (told?.ToUnixTimeMilliseconds()).ShouldBe(first, forgotten);
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Other_rules_count_everybody_anew_at_the_next_start(StoreEngine engine)
    {
        await using var store = await OutcomeOrderTests.StoreAsync(engine, postgres);
        var service = await store.ExperimentAsync();
        var messages = ShopHistory.Of(seed: 21, 600);
        await new TestBroker(service.Http).DeliverAsync(messages);
        var counted = (long)(await service.GetAsync("/v1/experiments/order/quality"))["counted_people"]!;
        await service.DisposeAsync();

        var stricter = await store.ExperimentAsync("--ExperimentSvc:Ingestion:Excluded=bot-*,user-1*");
        await Eventually.TrueAsync(async () => (long)(await stricter.GetAsync("/v1/experiments/order/quality"))["counted_people"]! < counted, "some are excluded now");
        await using var fresh = await OutcomeOrderTests.StoreAsync(StoreEngine.Sqlite, postgres);
        var expected = await fresh.ExperimentAsync("--ExperimentSvc:Ingestion:Excluded=bot-*,user-1*");
        await new TestBroker(expected.Http).DeliverAsync(messages);
        await Eventually.TrueAsync(async () => await CountedState.PeopleAsync(stricter.Http) == await CountedState.PeopleAsync(expected.Http), "the sums are those of the new rules");
    }

    [Theory, OnSqlite]
    public async Task A_cap_and_a_window_of_the_owner_count_at_once_also_for_what_came_before(StoreEngine engine)
    {
        await using var store = await OutcomeOrderTests.StoreAsync(engine, postgres);
        var service = await store.ExperimentAsync();
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var seen = now - 40 * Hour;
        await service.DeliverAsync(Seen("1", "a", "anna", seen, 1));
        await DeliverAsync(
            service, Bought("e0", "anna", now, 9) with { Type = EventTypes.Impression, TimestampMs = seen, RequestId = "r" },
            Bought("e1", "anna", now, 9) with { Type = EventTypes.Click, TimestampMs = seen + 1, RequestId = "r" }, Bought("e2", "anna", now, 9));
        (await RevenueAsync(service)).ShouldBe("n=1 x=9000000");
        (await RevenueAsync(service, "attributed_revenue_per_user")).ShouldBe("n=1");

        var held = await service.CallAsync("GET", "/v1/experiments/order");
        var definition = held.Json["definition"]!.AsObject();
        definition["metrics"] = JsonNode.Parse("""[{"name":"revenue_per_user","role":"goal","cap":7.5},{"name":"attributed_revenue_per_user","role":"secondary","window_hours":48}]""");
        (await service.CallAsync("PUT", "/v1/experiments/order", definition.ToJsonString(), held.Version)).Should(HttpStatusCode.OK);
        await Eventually.TrueAsync(async () => await RevenueAsync(service) == "n=1 x=7500000", "the cap counts");
        (await RevenueAsync(service, "attributed_revenue_per_user")).ShouldBe("n=1 x=9000000");

        definition["metrics"] = JsonNode.Parse("""[{"name":"click_through","role":"goal","cap":7},{"name":"revenue_per_user","role":"secondary","window_hours":48}]""");
        (await service.CallAsync("PUT", "/v1/experiments/order", definition.ToJsonString(), held.Version + 1)).ShouldRefuse(HttpStatusCode.BadRequest, "only means", "only attributed");
    }

    private static Exposure Seen(string id, string arm, string user, long at, int epoch) => new(id, ShopHistory.Experiment, arm, user, UnitKinds.User, "request", 1, epoch, 0.5, at);

    private static ShopEvent Bought(string id, string user, long at, long price) => new(id, EventTypes.Purchase, user, null, "i1", at, 1, price * 1_000_000);

    private static Task<string> DeliverAsync(RunningService service, params ShopEvent[] events) =>
        service.DeliverAsync("/events/outcomes", new ShopEventBatch(events), ContractsJson.Default.ShopEventBatch);

    /// <summary>Of arm a.</summary>
    private static async Task<string> RevenueAsync(RunningService service, string metric = "revenue_per_user") =>
        string.Join(' ', ((string)(await service.GetAsync("/v1/experiments/order/sums"))["cells"]!.AsArray()
            .First(cell => (string)cell!["metric"]! == metric && (string)cell["arm"]! == "a")!["sums"]!).Split(' ').Take(2));
}
