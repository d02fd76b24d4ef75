using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Shouldly;
using Splitrail.Tests.Suite.Servers;
using Xunit;
using static Splitrail.Tests.Suite.Stores.DecisionCalls;

namespace Splitrail.Tests.Suite.Stores;

[Collection(PostgresTests.Name)]
public sealed class DecisionTests(PostgresServer postgres)
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Harm_is_rolled_back_by_the_machine_when_it_may_act(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        var service = await StartedAsync(store, Judged("x", "act"));
        await store.CountAsync("x", treated: 300);

        var decided = await service.DecidedAsync("x", "applied");
        ((string)decided["kind"]!, (string)decided["arm"]!).ShouldBe(("roll_back", "b"));
        ((string)decided["sentence"]!).ShouldStartWith("Arm b harms the goal user_conversion: it has 40.0 % less");
        var experiment = await service.GetAsync("/v1/experiments/x");
        ((string)experiment["lifecycle"]!["decision"]!["kind"]!, (long)experiment["lifecycle"]!["decision"]!["sequence"]!).ShouldBe(("rolled_back", 1));
        (await service.ControlAsync(0)).Snapshot!.Layers.SelectMany(static layer => layer.Experiments).Single(static one => one.Id == "x").Arms.Select(static arm => arm.Share).ShouldBe([1, 0]);
        var entry = (await service.GetAsync("/v1/experiments/x/history"))["changes"]![0]!;
        ((string)entry["actor"]!, (string)entry["action"]!, (string)entry["reason"]!["kind"]!).ShouldBe(("evaluator", "roll_back", "harm"));
        (await store.VerifyDecisionsAsync()).ShouldBe((0, $"intact: 1 entries, head {decided["hash"]}"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_winner_is_promoted_at_a_planned_look(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        var service = await StartedAsync(store, Judged("x", "act"));
        await store.CountAsync("x", treated: 700);

        var decided = await service.DecidedAsync("x", "applied");
        ((string)decided["kind"]!, (string)decided["arm"]!, (int)decided["look"]!).ShouldBe(("promote", "b", 2));
        ((string)decided["sentence"]!).ShouldContain("enough to be sure at the 2nd of 2 planned looks");
        ((string)(await service.GetAsync("/v1/experiments/x"))["lifecycle"]!["decision"]!["kind"]!).ShouldBe("promoted");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Without_an_effect_the_planned_users_end_it_as_inconclusive(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        var service = await StartedAsync(store, Judged("x", "act"));
        await store.CountAsync("x", treated: 505);

        ((string)(await service.DecidedAsync("x", "applied"))["kind"]!).ShouldBe("inconclusive");
        var experiment = await service.GetAsync("/v1/experiments/x");
        ((string)experiment["state"]!, (string)experiment["lifecycle"]!["decision"]!["kind"]!).ShouldBe(("ended", "inconclusive"));
    }

    [Fact]
    public async Task A_look_is_taken_once_and_promotes_nobody_before_the_next()
    {
        await using var store = await TestStore.OnAsync(StoreEngine.Sqlite, postgres);
        var service = await StartedAsync(store, Judged("x", "recommend"));
        await store.CountAsync("x", 5000, 250, 252);
        await Eventually.TrueAsync(async () => (await service.DecisionsAsync("x")).Length == 1, "the first look is in the log");

        // More users, and now an effect that the first look would have found: but it is over, and the second is not due.
        await store.CountAsync("x", 6000, 300, 420);
        await RoundsPassAsync(service);
        (await service.DecisionsAsync("x")).Select(static one => (string)one["kind"]!).ShouldBe(["look"]);

        await store.CountAsync("x", treated: 700);
        ((string)(await service.DecidedAsync("x", "recommended"))["kind"]!).ShouldBe("promote");
        (await store.VerifyDecisionsAsync()).Said.ShouldStartWith("intact: 2 entries");
    }

    [Fact]
    public async Task Graphs_get_what_the_last_round_found_of_each_arm()
    {
        await using var store = await TestStore.OnAsync(StoreEngine.Sqlite, postgres);
        var service = await StartedAsync(store, Judged("x", "recommend"));
        await store.CountAsync("x", 5000, 250, 260);

        const string Series = """splitrail_experiment_metric_{0}{{experiment="x",arm="b",metric="user_conversion",{1}}} """;
        foreach (var (metric, tag) in new[] { ("value", "role=\"treatment\""), ("value", "role=\"control\""), ("lift", "bound=\"low\""), ("lift", "bound=\"estimate\""), ("lift", "bound=\"high\"") })
        {
            var series = string.Format(CultureInfo.InvariantCulture, Series, metric, tag);
            await Eventually.TrueAsync(async () => (await service.Http.GetStringAsync("/metrics")).Contains($"\n{series}", StringComparison.Ordinal), series);
        }
    }

    [Fact]
    public async Task An_arm_that_comes_after_a_look_does_not_end_the_evaluation()
    {
        await using var store = await TestStore.OnAsync(StoreEngine.Sqlite, postgres);
        var service = await StartedAsync(store, Judged("x", "recommend"));
        await store.CountAsync("x", 5000, 250, 252);
        await Eventually.TrueAsync(async () => (await service.DecisionsAsync("x")).Length == 1, "the first look is in the log");

        var wider = Judged("x", "recommend");
        wider["arms"]![1]!["share"] = 0.25;
        ((JsonArray)wider["arms"]!).Add(new JsonObject { ["id"] = "c", ["share"] = 0.25 });
        var version = (long)(await service.GetAsync("/v1/experiments/x"))["version"]!;
        (await service.CallAsync("PUT", "/v1/experiments/x", wider.ToJsonString(), version)).Should(HttpStatusCode.OK);
        await store.CountAsync("x", treated: 300);
        ((string)(await service.DecidedAsync("x", "recommended"))["kind"]!).ShouldBe("roll_back");
        (await service.GetAsync("/v1/experiments/x/results"))["metrics"]![0]!["arms"]!.AsArray().Count.ShouldBe(2);
        (await store.VerifyDecisionsAsync()).Said.ShouldStartWith("intact: 2 entries");
    }

    [Fact]
    public async Task In_mode_recommend_it_is_said_once_and_nothing_is_done()
    {
        await using var store = await TestStore.OnAsync(StoreEngine.Sqlite, postgres);
        var service = await StartedAsync(store, Judged("x", "recommend"));
        await store.CountAsync("x", treated: 300);

        await service.DecidedAsync("x", "recommended");
        await RoundsPassAsync(service);
        (await service.DecisionsAsync("x")).Length.ShouldBe(1);
        var results = await service.GetAsync("/v1/experiments/x/results");
        ((string)results["needs_decision"]!["kind"]!, (string)results["state"]!).ShouldBe(("roll_back", "running"));
        var experiment = await service.GetAsync("/v1/experiments/x");
        ((string)experiment["needs_decision"]!).ShouldBe("roll_back");
        experiment["lifecycle"]!["decision"].ShouldBeNull();

        await service.ActAsync("x", "roll_back", """{"reason":{"kind":"harm"}}""");
        (await service.GetAsync("/v1/experiments/x/results"))["needs_decision"].ShouldBeNull();
    }

    [Fact]
    public async Task Who_undoes_a_decision_has_the_last_word()
    {
        await using var store = await TestStore.OnAsync(StoreEngine.Sqlite, postgres);
        var service = await StartedAsync(store, Judged("x", "act"));
        await store.CountAsync("x", treated: 300);
        await service.DecidedAsync("x", "applied");
        var version = (long)(await service.GetAsync("/v1/experiments/x"))["version"]!;
        (await service.CallAsync("POST", "/v1/experiments/x/undo", version: version)).Should(HttpStatusCode.OK);

        await RoundsPassAsync(service);
        (await service.DecisionsAsync("x")).Length.ShouldBe(1);
        ((double)(await service.GetAsync("/v1/experiments/x"))["arms"]![1]!["share"]!).ShouldBe(0.5);
    }

    [Fact]
    public async Task Where_two_persons_are_asked_for_a_promotion_waits_and_a_rollback_does_not()
    {
        await using var store = await TestStore.OnAsync(StoreEngine.Sqlite, postgres);
        var service = await store.ExperimentAsync([.. Fast, "--ExperimentSvc:RequireApproval=true"]);
        await service.LayerAsync("ranking");
        foreach (var (id, converted) in new[] { ("good", 700L), ("bad", 300L) })
        {
            await service.CreateAsync(Judged(id, "act", traffic: 0.5));
            (await service.CallAsync("POST", $"/v1/experiments/{id}/submit", actor: "anna")).Should(HttpStatusCode.OK);
            (await service.CallAsync("POST", $"/v1/experiments/{id}/approve", actor: "ben")).Should(HttpStatusCode.OK);
            await service.ActAsync(id, "start");
            await store.CountAsync(id, converted);
        }

        await service.DecidedAsync("good", "applied");
        await service.DecidedAsync("bad", "applied");
        var (good, bad) = (await service.GetAsync("/v1/experiments/good"), await service.GetAsync("/v1/experiments/bad"));
        ((string)good["lifecycle"]!["pending"]!["decision"]!["kind"]!, (double)good["arms"]![1]!["share"]!).ShouldBe(("promoted", 0.5));
        ((string)bad["lifecycle"]!["decision"]!["kind"]!, (double)bad["arms"]![1]!["share"]!).ShouldBe(("rolled_back", 0));
        (await service.CallAsync("POST", "/v1/experiments/good/approve", actor: "ben")).Should(HttpStatusCode.OK);
        ((double)(await service.GetAsync("/v1/experiments/good"))["arms"]![1]!["share"]!).ShouldBe(1);
    }

    [Theory]
    [InlineData("UPDATE decision_log SET entry = REPLACE(entry, '\"kind\":\"roll_back\"', '\"kind\":\"promote\"') WHERE sequence = 2", "entry 2 was changed")]
    [InlineData("UPDATE decision_log SET kind = 'promote' WHERE sequence = 1", "entry 1 is filed as another one")]
    [InlineData("DELETE FROM decision_log WHERE sequence = 1", "entry 1 is missing")]
    [InlineData("DELETE FROM decision_log WHERE sequence = 2", "the log was cut off: it ends with entry 1")]
    public async Task A_changed_log_is_refused_by_the_command_and_the_api(string tampering, string found)
    {
        await using var store = await TestStore.OnAsync(StoreEngine.Sqlite, postgres);
        var service = await StartedAsync(store, Judged("x", "recommend", traffic: 0.5), Judged("y", "recommend", traffic: 0.5));
        await store.CountAsync("x", treated: 300);
        await store.CountAsync("y", treated: 300);
        await service.DecidedAsync("x", "recommended");
        await service.DecidedAsync("y", "recommended");
        await File.WriteAllTextAsync(store.In("export.jsonl"), await service.Http.GetStringAsync("/v1/experiments/decisions"));
        (await VerifyAsync("--file", store.In("export.jsonl"))).Code.ShouldBe(0);

        (await store.ExecuteAsync(tampering)).ShouldBe(1);
        var (code, said) = await store.VerifyDecisionsAsync();
        (code, said.Contains(found, StringComparison.Ordinal)).ShouldBe((1, true), said);
        ((string)(await service.GetAsync("/v1/experiments/decisions/verify"))["fault"]!).ShouldContain(found);
    }

    private static async Task<RunningService> StartedAsync(TestStore store, params JsonObject[] experiments)
    {
        var service = await store.ExperimentAsync(Fast);
        await service.LayerAsync("ranking");
        foreach (var experiment in experiments)
            await service.StartedAsync(experiment);
        return service;
    }

    private static async Task RoundsPassAsync(RunningService service)
    {
        var before = await service.RoundsAsync();
        await Eventually.TrueAsync(async () => await service.RoundsAsync() >= before + 3, "three more rounds of evaluation");
    }
}
