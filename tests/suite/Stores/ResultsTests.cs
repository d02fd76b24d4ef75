using System.Net;
using System.Text.Json.Nodes;
using Shouldly;
using Splitrail.Tests.Suite.Servers;
using Xunit;
using static Splitrail.Tests.Suite.Stores.DecisionCalls;

namespace Splitrail.Tests.Suite.Stores;

[Collection(PostgresTests.Name)]
public sealed class ResultsTests(PostgresServer postgres)
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Results_compare_each_metric_and_arm_with_the_control(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        var service = await StartedAsync(store);
        await store.CountAsync("x", 9000, 450, 540);

        var results = await service.GetAsync("/v1/experiments/x/results");
        ((long)results["users"]!, (string)results["mode"]!, (bool)results["sample_ratio"]!["mismatch"]!).ShouldBe((18_000, "recommend", false));
        var arm = results["metrics"]![0]!["arms"]![0]!;
        ((string)arm["arm"]!, (long)arm["users"]!, (double)arm["value"]!, (double)arm["control_value"]!).ShouldBe(("b", 9000, 0.06, 0.05));
        ((double)arm["lift"]!["value"]!).ShouldBe(0.2, 1e-12);
        ((double)arm["lift"]!["low"]!).ShouldBeGreaterThan((double)arm["anytime"]!["low"]!);
        ((double)arm["chance_to_win"]!).ShouldBeInRange(0.99, 1);
        ((double)arm["p_value"]!).ShouldBeInRange(0.001, 0.01);
        var (looks, progress) = (results["looks"]!.AsArray(), results["progress"]!);
        looks.Select(static look => (long)look!["users"]!).ShouldBe([10_000, 20_000]);
        ((double)looks[0]!["boundary"]!).ShouldBe(2.9626, 1e-3);
        ((long)progress["planned_users"]!, (int)progress["looks_taken"]!).ShouldBe((20_000, 1));
        progress["projected_end"].ShouldNotBeNull();
        ((string)results["conclusion"]!["verdict"]!, (string)results["conclusion"]!["arm"]!).ShouldBe(("promote", "b"));

        var csv = await service.Http.GetStringAsync("/v1/experiments/x/results.csv");
        csv.ShouldBe(await service.Http.GetStringAsync("/v1/experiments/x/results?format=csv"));
        var lines = csv.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines[1].ShouldStartWith("x,user_conversion,goal,b,9000,9000,0.06,0.05,");
        lines.Select(static line => line.Split(',').Length).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task What_is_not_known_yet_says_why_and_is_never_a_number()
    {
        await using var store = await TestStore.OnAsync(StoreEngine.Sqlite, postgres);
        var service = await StartedAsync(store);
        (await ReasonAsync()).ShouldBe("no_users");
        await store.CountAsync("x", 1, 0, 1);
        (await ReasonAsync()).ShouldBe("one_user");
        await store.CountAsync("x", 1000, 0, 0);
        (await ReasonAsync()).ShouldBe("no_variance");
        (await service.Http.GetStringAsync("/v1/experiments/x/results")).ShouldNotContain("NaN");

        // A release before knew a metric that is gone.
        await store.ExecuteAsync("UPDATE definitions SET content = REPLACE(content, 'user_conversion', 'weather') WHERE id = 'x'");
        ((string)(await service.GetAsync("/v1/experiments/x/results"))["metrics"]![0]!["not_yet"]!["reason"]!).ShouldBe("not_counted");

        async Task<string> ReasonAsync() => (string)(await service.GetAsync("/v1/experiments/x/results"))["metrics"]![0]!["arms"]![0]!["not_yet"]!["reason"]!;
    }

    [Fact]
    public async Task Bad_questions_are_answered_with_the_value_and_the_fix()
    {
        await using var store = await TestStore.OnAsync(StoreEngine.Sqlite, postgres);
        var service = await StartedAsync(store);
        (await service.CallAsync("GET", "/v1/experiments/nobody/results")).ShouldRefuse(HttpStatusCode.NotFound, "nobody");
        (await service.CallAsync("GET", "/v1/experiments/nobody/decisions")).ShouldRefuse(HttpStatusCode.NotFound, "nobody");
        (await service.CallAsync("GET", "/v1/experiments/x/results?format=xml")).ShouldRefuse(HttpStatusCode.BadRequest, "xml", "json or csv");
        (await service.CallAsync("POST", "/v1/power", """{"kind":"mean","baseline":0,"minimum_effect":0.05}""")).ShouldRefuse(HttpStatusCode.BadRequest, "'baseline' is", "'deviation' is");
        (await service.CallAsync("POST", "/v1/power", """{"kind":"proportion","baseline":0.6,"minimum_effect":0.7}""")).ShouldRefuse(HttpStatusCode.BadRequest, "a rate stays below 1");
        (await service.CallAsync("POST", "/v1/power", """{"kind":"proportion","baseline":0.05,"minimum_effect":1e-9}""")).ShouldRefuse(HttpStatusCode.BadRequest, "too small for any number of users");
        (await service.CallAsync("POST", "/v1/power", """{"kind":"proportion","baseline":0.05,"minimum_effect":0.1,"shares":[0.5,0.6]}""")).ShouldRefuse(HttpStatusCode.BadRequest, "0.5, 0.6");
        (await service.CallAsync("POST", "/v1/experiments/x/off-policy", """{"metric":"luck","policy":{"a":0.4,"c":0.5}}""")).ShouldRefuse(HttpStatusCode.BadRequest, "luck", "'policy' is");
        var experiment = Judged("y", "guess");
        experiment["decisions"]!["looks"] = 0;
        (await service.CallAsync("POST", "/v1/experiments", experiment.ToJsonString())).ShouldRefuse(HttpStatusCode.BadRequest, "guess", "recommend, act", "decisions.looks");
    }

    [Fact]
    public async Task The_planner_says_how_many_users_a_test_needs()
    {
        await using var store = await TestStore.OnAsync(StoreEngine.Sqlite, postgres);
        var service = await StartedAsync(store);
        var rate = await PlanAsync("""{"kind":"proportion","baseline":0.05,"minimum_effect":0.05,"users_per_day":20000}""");
        ((long)rate["users_per_arm"]![0]!).ShouldBeInRange(121_000, 123_000);
        ((double)rate["days"]!).ShouldBe((long)rate["users"]! / 20_000.0, 1e-9);
        var sequential = rate["sequential"]!;
        ((double)sequential["inflation"]!).ShouldBeInRange(1.01, 1.05);
        ((long)sequential["expected_users"]!).ShouldBeLessThan((long)rate["users"]!);
        sequential["looks"]!.AsArray().Count.ShouldBe(10);

        var unequal = await PlanAsync("""{"kind":"proportion","baseline":0.05,"minimum_effect":0.05,"shares":[90,10]}""");
        ((long)unequal["users"]!).ShouldBeGreaterThan(2 * (long)rate["users"]!);

        // A mean with a deviation of 1 and an effect of 0.1 has the t test's well-known 1,571 per arm.
        ((long)(await PlanAsync("""{"kind":"mean","baseline":1,"deviation":1,"minimum_effect":0.1}"""))["users_per_arm"]![0]!).ShouldBe(1571);
        var there = await PlanAsync("""{"kind":"ratio","baseline":1,"deviation":1,"minimum_effect":0.1,"users":3142}""");
        ((double)there["power_at_users"]!).ShouldBe(0.8, 1e-3);
        ((double)there["effect_at_users"]!).ShouldBe(0.1, 1e-4);

        async Task<JsonNode> PlanAsync(string body) => (await service.CallAsync("POST", "/v1/power", body)).Should(HttpStatusCode.OK).Json;
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_planner_answers_for_an_experiment_by_what_its_control_did(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        var service = await StartedAsync(store);
        ((string)(await service.GetAsync("/v1/experiments/x/power"))["not_yet"]!["reason"]!).ShouldBe("no_users");
        await store.CountAsync("x", 9000, 450, 540);

        var known = await service.GetAsync("/v1/experiments/x/power");
        var asked = known["asked"]!;
        ((string)known["metric"]!, (string)asked["kind"]!, (double)asked["baseline"]!, (double)asked["minimum_effect"]!, (long)asked["users"]!).ShouldBe(("user_conversion", "proportion", 0.05, 0.1, 18_000));
        ((int)asked["looks"]!).ShouldBe(2);
        ((double)asked["users_per_day"]!).ShouldBeInRange(2000, 2250, "in eight days and a little");
        var plain = (await service.CallAsync("POST", "/v1/power", asked.ToJsonString())).Should(HttpStatusCode.OK).Json;
        known["answer"]!.ToJsonString().ShouldBe(plain.ToJsonString());
        ((double)plain["power_at_users"]!).ShouldBeInRange(0.2, 0.5);
        var larger = await service.GetAsync("/v1/experiments/x/power?effect=0.2&power=0.9");
        ((long)larger["answer"]!["users"]!).ShouldBeLessThan((long)plain["users"]!);

        (await service.CallAsync("GET", "/v1/experiments/x/power?metric=luck")).ShouldRefuse(HttpStatusCode.BadRequest, "luck", "user_conversion");
        (await service.CallAsync("GET", "/v1/experiments/x/power?effect=50")).ShouldRefuse(HttpStatusCode.BadRequest, "minimum_effect");
        (await service.CallAsync("GET", "/v1/experiments/nobody/power")).ShouldRefuse(HttpStatusCode.NotFound, "nobody");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Another_split_is_valued_by_logged_probabilities_or_refused(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        var service = await StartedAsync(store);
        // 900 people had a and spent 1, 100 had b and spent 3.
        var people = Enumerable.Range(0, 1000).Select(static i => (Key: $"u:p{i:0000}", Arm: i % 10 == 0 ? "b" : "a")).ToArray();
        await store.ExecuteAsync("INSERT INTO unit_exposures (unit, experiment, arm, epoch, snapshot_version, probability_micros, at_ms, exposure_id, request_id) VALUES "
            + string.Join(", ", people.Select(static one => $"('{one.Key}', 'x', '{one.Arm}', 1, 1, {(one.Arm == "a" ? 900_000 : 100_000)}, 1, '{one.Key}', '')")));
        await store.ExecuteAsync("INSERT INTO contributions (person, experiment, state, arms, epoch, added) VALUES "
            + string.Join(", ", people.Select(static one => $"('{one.Key}', 'x', 'counted', '{one.Arm}', 1, 'revenue_per_user={(one.Arm == "a" ? 1 : 3)}000000:0:0')")));

        var answer = (await service.CallAsync("POST", "/v1/experiments/x/off-policy", """{"metric":"revenue_per_user","policy":{"a":0.5,"b":0.5},"least_effective_sample":100}""")).Should(HttpStatusCode.OK).Json;
        ((double)answer["logged"]!["value"]!).ShouldBe(1.2, 1e-9);
        answer["estimates"]!.AsArray().Select(static one => (string)one!["method"]!).ShouldBe(["ips", "snips", "doubly_robust", "switch"]);
        foreach (var estimate in answer["estimates"]!.AsArray())
            ((double)estimate!["value"]!["value"]!).ShouldBe(2, 1e-9);
        (await service.CallAsync("POST", "/v1/experiments/x/off-policy", """{"metric":"revenue_per_user","policy":{"b":1}}""")).ShouldRefuse(HttpStatusCode.Conflict, "worth 100", "least_effective_sample is 500");
    }

    private static async Task<RunningService> StartedAsync(TestStore store)
    {
        var service = await store.ExperimentAsync("--ExperimentSvc:EvaluationInterval=01:00:00");
        await service.LayerAsync("ranking");
        var experiment = Judged("x", "recommend");
        await service.StartedAsync(experiment);
        // People are counted anew when an experiment starts; what a test writes past the service must not fall into it.
        await Eventually.TrueAsync(async () => await store.NumberAsync("SELECT COUNT(*) FROM experiment_intake WHERE experiment = 'x'") > 0, "the first count");
        return service;
    }
}
