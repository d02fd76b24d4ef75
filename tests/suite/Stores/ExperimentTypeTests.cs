using System.Net;
using System.Text.Json.Nodes;
using Shouldly;
using Splitrail.Tests.Suite.Servers;
using Xunit;
using static Splitrail.Tests.Suite.Stores.DecisionCalls;

namespace Splitrail.Tests.Suite.Stores;

[Collection(PostgresTests.Name)]
public sealed class ExperimentTypeTests(PostgresServer postgres)
{
    [Theory, OnSqlite, OnPostgres]
    public async Task An_experiment_of_same_arms_says_its_false_alarms_and_decides_nothing(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        var service = await store.ExperimentAsync(Fast);
        await service.LayerAsync("ranking");
        await service.StartedAsync(Typed("aa", "recommend"));
        ((string)(await service.GetAsync("/v1/experiments/x/results"))["false_alarms"]!["sentence"]!).ShouldStartWith("No false alarm so far");
        await store.CountAsync("x", 9000, 450, 630);

        var noted = await service.DecidedAsync("x", "noted");
        ((string)noted["kind"]!, (string)noted["arm"]!, (string)noted["mode"]!).ShouldBe(("promote", "b", "observe"));
        var results = await service.GetAsync("/v1/experiments/x/results");
        ((string)results["type"]!, (int)results["false_alarms"]!["promotions"]!, (int)results["false_alarms"]!["roll_backs"]!).ShouldBe(("aa", 1, 0));
        results["needs_decision"].ShouldBeNull();
        var experiment = await service.GetAsync("/v1/experiments/x");
        ((string)experiment["state"]!, (double)experiment["arms"]![1]!["share"]!).ShouldBe(("running", 0.5));
        experiment["needs_decision"].ShouldBeNull();
        (await service.CallAsync("POST", "/v1/experiments/x/promote", """{"arm":"b","reason":{"kind":"goal_reached"}}""")).ShouldRefuse(HttpStatusCode.Conflict, "do the same");
        (await store.VerifyDecisionsAsync()).Said.ShouldStartWith("intact");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_bandit_gives_more_users_to_the_better_arm_within_its_limits_once_an_hour(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        var clock = new SetClock();
        var service = await store.ExperimentAsync(clock, Fast);
        await service.LayerAsync("ranking");
        await service.StartedAsync(Typed("bandit", "act"));
        await store.CountAsync("x", 9000, 450, 630);

        var applied = await service.DecidedAsync("x", "applied");
        ((string)applied["kind"]!, (string)applied["sentence"]!).ShouldBe(
            ("reallocate", "After 18,000 users arm b is the best by user_conversion with a chance of 100.0 %, so new users are dealt out anew: a 30.0 %, b 70.0 %."));
        (await SharesAsync(service)).ShouldBe([0.3, 0.7]);
        var results = await service.GetAsync("/v1/experiments/x/results");
        results["bandit"]!.AsArray().Select(static arm => (double)arm!["share"]!).ShouldBe([0.3, 0.7]);
        var arm = results["metrics"]![0]!["arms"]![0]!;
        ((double)arm["value"]!, (double)arm["control_value"]!).ShouldBe((0.07, 0.05));

        var rounds = await service.RoundsAsync();
        await Eventually.TrueAsync(async () => await service.RoundsAsync() >= rounds + 3, "three more rounds of evaluation");
        (await service.DecisionsAsync("x")).Length.ShouldBe(1, "the hour is not over");
        clock.Offset = TimeSpan.FromHours(1.1);
        await Eventually.TrueAsync(async () => (await SharesAsync(service))[1] > 0.89, "the next step");
        clock.Offset = TimeSpan.FromHours(2.2);
        await Eventually.TrueAsync(async () => (await SharesAsync(service))[1] > 0.94, "the last step");
        (await SharesAsync(service)).ShouldBe([0.05, 0.95], "no arm gets less than the least share");
        (await store.VerifyDecisionsAsync()).Said.ShouldStartWith("intact: 3 entries");

        // A step an hour, each with the sums of all hours: what follows, and what is shown, must not read them all again.
        (await store.ExecuteAsync("UPDATE decision_log SET entry = 'nobody can read this' WHERE sequence = 1")).ShouldBe(1);
        (await service.GetAsync("/v1/experiments/x/results"))["bandit"].ShouldNotBeNull();
        (await service.CallAsync("GET", "/v1/experiments/x/decisions?limit=2")).Should(HttpStatusCode.OK).Json["decisions"]!.AsArray().Select(static one => (long)one!["sequence"]!).ShouldBe([3, 2]);
        (await service.CallAsync("GET", "/v1/experiments/x/decisions?limit=0")).ShouldRefuse(HttpStatusCode.BadRequest, "limit", "1 to 1000");
    }

    [Fact]
    public async Task A_harmed_guardrail_ends_a_bandit()
    {
        await using var store = await TestStore.OnAsync(StoreEngine.Sqlite, postgres);
        var service = await store.ExperimentAsync(Fast);
        await service.LayerAsync("ranking");
        var bandit = Typed("bandit", "act");
        bandit["metrics"] = JsonNode.Parse("""[{"name":"revenue_per_user","role":"goal"},{"name":"user_conversion","role":"guardrail"}]""");
        await service.StartedAsync(bandit);
        await store.CountAsync("x", treated: 300);
        ((string)(await service.DecidedAsync("x", "applied"))["kind"]!).ShouldBe("roll_back");
        (await SharesAsync(service)).ShouldBe([1, 0]);
    }

    [Fact]
    public async Task What_does_not_fit_the_type_is_refused_with_the_fix()
    {
        await using var store = await TestStore.OnAsync(StoreEngine.Sqlite, postgres);
        var service = await store.ExperimentAsync(Fast);
        await service.LayerAsync("ranking");
        await RefusedAsync(Typed("abc", "act"), "'type'", "ab, aa, bandit");
        await RefusedAsync(Typed("aa", "act"), "decisions.mode", "no winner and no loser");
        var other = Typed("aa", "recommend");
        other["arms"]![1]!["parameters"] = new JsonObject { ["mix"] = "explore" };
        await RefusedAsync(other, "arms[1].parameters", "must be the same");
        var two = Typed("bandit", "act");
        ((JsonArray)two["metrics"]!).Add(new JsonObject { ["name"] = "click_through", ["role"] = "goal" });
        two["bandit"] = new JsonObject { ["least"] = 0.6, ["step"] = 0, ["hours"] = 0 };
        await RefusedAsync(two, "exactly one goal", "bandit.least", "at most 0.5", "bandit.step", "bandit.hours");
        var answers = Typed("bandit", "act");
        answers["metrics"]![0]!["name"] = "latency_p99";
        await RefusedAsync(answers, "counted by person");
        var test = Typed("ab", "act");
        test["bandit"] = new JsonObject { ["least"] = 0.1 };
        await RefusedAsync(test, "only an experiment with");

        async Task RefusedAsync(JsonObject experiment, params string[] said) => (await service.CallAsync("POST", "/v1/experiments", experiment.ToJsonString())).ShouldRefuse(HttpStatusCode.BadRequest, said);
    }

    private static JsonObject Typed(string type, string mode)
    {
        var experiment = Judged("x", mode);
        experiment["type"] = type;
        return experiment;
    }

    private static async Task<double[]> SharesAsync(RunningService service) =>
        [.. (await service.ControlAsync(0)).Snapshot!.Layers.SelectMany(static layer => layer.Experiments).Single(static one => one.Id == "x").Arms.Select(static arm => arm.Share)];
}
