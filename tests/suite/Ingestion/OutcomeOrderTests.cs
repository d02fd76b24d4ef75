using Shouldly;
using Splitrail.Contracts;
using Splitrail.Tests.Suite.Servers;
using Splitrail.Tests.Suite.Stores;
using Xunit;
using static Splitrail.Tests.Suite.Stores.ExperimentCalls;

namespace Splitrail.Tests.Suite.Ingestion;

[Collection(PostgresTests.Name)]
public sealed class OutcomeOrderTests(PostgresServer postgres)
{
    private const int Events = 1500;

    [Theory, OnSqlite, OnPostgres]
    public async Task Any_order_and_repetition_gives_the_same_sums_to_the_bit(StoreEngine engine)
    {
        var messages = ShopHistory.Of(seed: 7, Events);
        var undisturbed = await RunAsync(StoreEngine.Sqlite, messages, inFlight: 1);
        foreach (var seed in (int[])[1, 2])
            (await RunAsync(engine, ShopHistory.Disturbed(messages, 3, seed), inFlight: 4)).ShouldBe(undisturbed);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Two_replicas_share_the_work(StoreEngine engine)
    {
        var messages = ShopHistory.Of(seed: 8, Events);
        var undisturbed = await RunAsync(StoreEngine.Sqlite, messages, inFlight: 1);
        await using var store = await StoreAsync(engine);
        RunningService[] replicas = [await ReplicaAsync(store), await ReplicaAsync(store)];
        var disturbed = ShopHistory.Disturbed(messages, 2, seed: 4);
        await Task.WhenAll(replicas.Select((replica, i) => new TestBroker(replica.Http).DeliverAsync([.. disturbed.Where((_, n) => n % 2 == i)])));
        (await CountedState.OfAsync(replicas[0].Http)).ShouldBe(undisturbed);
    }

    [Theory, OnSqlite]
    public async Task Every_bad_event_is_counted_once_by_its_reason_and_the_good_ones_beside_it_count(StoreEngine engine)
    {
        await using var store = await StoreAsync(engine);
        var service = await ReplicaAsync(store);
        await new TestBroker(service.Http).DeliverAsync(ShopHistory.Disturbed(ShopHistory.Of(seed: 9, 300), 3, seed: 1));
        await service.Http.PostAsync("/events/outcomes", new StringContent("{"));
        var quality = await service.GetAsync("/v1/experiments/order/quality");
        quality["refused_overall"]!.ToJsonString().ShouldBe(
            """{"from_the_future":1,"negative_value":1,"not_a_number":1,"same_id_other_content":1,"too_large":1,"unknown_experiment":1,"unreadable":1}""");
        quality["refused"]!.ToJsonString().ShouldBe("""{"unknown_arm":1}""");
        ((long)quality["outcomes_without_exposure"]!).ShouldBeGreaterThan(0);
        ((long)quality["multi_arm_people"]!).ShouldBeGreaterThan(0);
        ((long)quality["excluded_people"]!).ShouldBeGreaterThan(0);
        ((long)quality["counted_people"]!).ShouldBeGreaterThan(10);
        (await service.GetAsync("/v1/experiments/order/sums")).ToJsonString().ShouldNotContain("NaN");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Who_is_deleted_leaves_the_sums_as_if_he_had_never_come_and_does_not_come_back(StoreEngine engine)
    {
        const string Forgotten = "user-4";
        var messages = ShopHistory.Of(seed: 10, 400);
        await using var other = await StoreAsync(StoreEngine.Sqlite);
        var spared = await ReplicaAsync(other);
        await new TestBroker(spared.Http, inFlight: 1).DeliverAsync([.. messages.Where(static message => !Names(message))]);
        var without = await CountedState.PeopleAsync(spared.Http);
        await using var store = await StoreAsync(engine);
        var service = await ReplicaAsync(store);
        await new TestBroker(service.Http).DeliverAsync(messages);
        (await CountedState.PeopleAsync(service.Http)).ShouldNotBe(without);
        var answer = await service.CallAsync("POST", "/v1/experiments/forget", $$"""{"user_id":"{{Forgotten}}"}""", actor: "privacy");
        answer.Should(System.Net.HttpStatusCode.OK);
        ((int)answer.Json["outcomes"]!).ShouldBeGreaterThan(0);
        (await CountedState.PeopleAsync(service.Http)).ShouldBe(without);

        await new TestBroker(service.Http).DeliverAsync(ShopHistory.Disturbed(messages, 2, seed: 2));
        (await CountedState.PeopleAsync(service.Http)).ShouldBe(without);
        ((long)(await service.GetAsync("/v1/experiments/order/quality"))["refused_overall"]!["deleted_person"]!).ShouldBeGreaterThan(0);

        static bool Names(BrokerMessage message) => message.Data.Contains("\"user-4\"", StringComparison.Ordinal) || message.Data.Contains("\"session-4\"", StringComparison.Ordinal);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Answers_are_counted_by_arm_once_also_of_people_known_already(StoreEngine engine)
    {
        await using var store = await StoreAsync(engine);
        var service = await ReplicaAsync(store);
        Exposure Answer(int i, string unit, int level, int ms) => new($"x{i}", "order", "a", unit, UnitKinds.User, $"r{i}", 1, 1, 0.5, 1000 + i, null, level, ms);
        foreach (var _ in Enumerable.Range(0, 2))
        {
            await service.DeliverAsync(Answer(1, "anna", 0, 20), Answer(2, "anna", 1, 100), Answer(3, "bert", 4, 101), Answer(4, "bot-1", 4, 900));
            await service.DeliverAsync(Answer(5, "anna", 0, 300), Answer(6, "anna", 0, 1));
        }

        var cells = (await service.GetAsync("/v1/experiments/order/sums"))["cells"]!.AsArray();
        string SumsOf(string metric) => ((string)cells.Single(cell => (string)cell!["metric"]! == metric)!["sums"]!).Split(" xx=")[0];
        SumsOf("fallback_share").ShouldBe("n=5 x=2000000");
        SumsOf("empty_share").ShouldBe("n=5 x=1000000");
        SumsOf("slow_share").ShouldBe("n=5 x=2000000");
        SumsOf("latency_p99").ShouldBe("n=5 h1=1 h20=1 h82=2 h133=1");
        SumsOf("active_days").ShouldBe("n=2", "people are counted apart from answers");
    }

    [Theory, OnSqlite]
    public async Task Nobody_is_forgotten_by_a_bad_request(StoreEngine engine)
    {
        await using var store = await StoreAsync(engine);
        var service = await ReplicaAsync(store);
        (await service.CallAsync("POST", "/v1/experiments/forget", "{}")).ShouldRefuse(System.Net.HttpStatusCode.BadRequest, "user_id");
        (await service.CallAsync("POST", "/v1/experiments/forget", """{"user_id":"a b"}""")).ShouldRefuse(System.Net.HttpStatusCode.BadRequest, "a b");
        (await service.CallAsync("POST", "/v1/experiments/forget", """{"user_id":"a","session_id":"b"}""")).ShouldRefuse(System.Net.HttpStatusCode.BadRequest, "one of them");
    }

    internal static async Task<TestStore> StoreAsync(StoreEngine engine, PostgresServer postgres)
    {
        var store = await TestStore.OnAsync(engine, postgres);
        store.WriteDefinitions(Definitions(0.5, 0.5));
        return store;
    }

    private Task<TestStore> StoreAsync(StoreEngine engine) => StoreAsync(engine, postgres);

    private static Task<RunningService> ReplicaAsync(TestStore store) => store.ExperimentAsync("--ExperimentSvc:Ingestion:Excluded=bot-*");

    private async Task<string> RunAsync(StoreEngine engine, IReadOnlyList<BrokerMessage> messages, int inFlight)
    {
        await using var store = await StoreAsync(engine);
        var service = await ReplicaAsync(store);
        await new TestBroker(service.Http, inFlight).DeliverAsync(messages);
        return await CountedState.OfAsync(service.Http);
    }
}
