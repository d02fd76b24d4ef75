using System.Net;
using System.Text.Json.Nodes;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.Tests.Suite.Servers;
using Xunit;
using static Splitrail.Tests.Suite.Stores.ControlApi;

namespace Splitrail.Tests.Suite.Stores;

[Collection(PostgresTests.Name)]
public sealed class ScheduleTests(PostgresServer postgres)
{
    [Theory, OnSqlite, OnPostgres]
    public async Task A_ramp_takes_its_steps_in_time_and_a_clock_set_back_repeats_none(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        var clock = new SetClock();
        var service = await store.ExperimentAsync(clock, "--ExperimentSvc:ClockTolerance=1.00:00:00");
        await store.ExperimentAsync(clock, "--ExperimentSvc:ClockTolerance=1.00:00:00");
        await service.LayerAsync("ranking");
        await service.StartedAsync(Ramped());
        (await TrafficAsync(service)).ShouldBe(0.01);
        clock.Offset = TimeSpan.FromHours(1.5);
        await ReachAsync(service, 0.05);
        clock.Offset = TimeSpan.FromHours(2);
        await Task.WhenAll(LooksAsync(service), LooksAsync(service));
        (await TrafficAsync(service)).ShouldBe(0.05, "the hour of this step is not over");

        clock.Offset = TimeSpan.FromHours(-3);
        await LooksAsync(service);
        (await TrafficAsync(service)).ShouldBe(0.05);
        clock.Offset = TimeSpan.FromHours(4);
        await ReachAsync(service, 0.5);
        (await ActionsAsync(service)).ShouldBe(["ramp", "ramp", "start", "create"], "two replicas took each step once");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_sample_ratio_mismatch_stops_a_ramp_until_its_owner_resumes(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        var clock = new SetClock();
        var service = await store.ExperimentAsync(clock);
        await service.LayerAsync("ranking");
        await service.StartedAsync(Ramped());
        var lost = Enumerable.Range(0, 1500).Select(i => new Exposure($"e{i}", "x", i % 3 == 0 ? "b" : "a", $"u{i}", "user", "r", 1, 1, 0.5, 1)).ToArray();
        (await service.DeliverAsync(lost)).ShouldBe("SUCCESS");
        clock.Offset = TimeSpan.FromHours(1.5);
        await Eventually.TrueAsync(
            async () => (string?)(await service.GetAsync("/v1/experiments/x"))["lifecycle"]!["ramp_held"] is { } held && held.Contains("a 1000, b 500", StringComparison.Ordinal), "the ramp stops and says why");
        (await TrafficAsync(service)).ShouldBe(0.01);
        (await ActionsAsync(service))[0].ShouldBe("hold_ramp");
    }

    [Fact]
    public async Task A_guardrail_that_is_harmed_stops_a_ramp()
    {
        await using var store = await TestStore.OnAsync(StoreEngine.Sqlite, postgres);
        var clock = new SetClock();
        var service = await store.ExperimentAsync(clock);
        await service.LayerAsync("ranking");
        var ramped = Ramped();
        ramped["metrics"] = new JsonArray(new JsonObject { ["name"] = "user_conversion", ["role"] = "guardrail", ["margin"] = 0.05 });
        await service.StartedAsync(ramped);
        await store.CountAsync("x", treated: 300);
        clock.Offset = TimeSpan.FromHours(1.5);
        await Eventually.TrueAsync(
            async () => (string?)(await service.GetAsync("/v1/experiments/x"))["lifecycle"]!["ramp_held"] is { } held && held.StartsWith("user_conversion of b is worse than allowed", StringComparison.Ordinal),
            "the ramp stops and names the guardrail");
        (await TrafficAsync(service)).ShouldBe(0.01);
    }

    [Fact]
    public async Task A_step_without_gates_goes_on_whatever_was_counted()
    {
        await using var store = await TestStore.OnAsync(StoreEngine.Sqlite, postgres);
        var clock = new SetClock();
        var service = await store.ExperimentAsync(clock);
        await service.LayerAsync("ranking");
        var ramped = Ramped();
        ramped["ramp"]![0]!["gates"] = new JsonArray();
        await service.StartedAsync(ramped);
        (await service.DeliverAsync(Enumerable.Range(0, 300).Select(i => new Exposure($"e{i}", "x", "a", $"u{i}", "user", "r", 1, 1, 0.5, 1)).ToArray())).ShouldBe("SUCCESS");
        clock.Offset = TimeSpan.FromHours(1.5);
        await ReachAsync(service, 0.05);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_reviewed_experiment_starts_and_ends_by_its_schedule(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        var clock = new SetClock();
        var service = await store.ExperimentAsync(clock);
        await service.LayerAsync("ranking");
        var planned = Experiment("x");
        var now = clock.GetUtcNow();
        planned["schedule"] = new JsonObject { ["start"] = now.AddHours(1).ToString("O"), ["end"] = now.AddHours(5).ToString("O") };
        await service.CreateAsync(planned);
        await service.ActAsync("x", "submit");
        clock.Offset = TimeSpan.FromHours(2);
        await StateAsync(service, "running");
        clock.Offset = TimeSpan.FromHours(6);
        await StateAsync(service, "ended");
        (await service.ControlAsync(0)).Snapshot!.Layers.Single(layer => layer.Id == "ranking").Experiments.ShouldBeEmpty();
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_clock_set_back_refuses_edits_and_says_what_to_do(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        var clock = new SetClock { Offset = TimeSpan.FromHours(1) };
        var service = await store.ExperimentAsync(clock);
        await service.LayerAsync("ranking");
        var version = (await service.ControlAsync(0)).Snapshot!.Version;
        clock.Offset = TimeSpan.Zero;
        (await service.CallAsync("POST", "/v1/experiments", Experiment("x").ToJsonString())).ShouldRefuse(HttpStatusCode.Conflict, "Set the clock right", "ExperimentSvc:ClockTolerance");
        (await service.ControlAsync(0)).Snapshot!.Version.ShouldBe(version);
        clock.Offset = TimeSpan.FromHours(1);
        await service.CreateAsync(Experiment("x"));
    }

    private static JsonObject Ramped()
    {
        var ramped = Experiment("x");
        ramped["ramp"] = JsonNode.Parse("""[{"traffic":0.01,"hold_hours":1},{"traffic":0.05,"hold_hours":1},{"traffic":0.5,"hold_hours":1}]""");
        return ramped;
    }

    private static async Task<double> TrafficAsync(RunningService service) => (double)(await service.GetAsync("/v1/experiments/x"))["traffic"]!;

    private static Task ReachAsync(RunningService service, double traffic) => Eventually.TrueAsync(async () => await TrafficAsync(service) == traffic, $"the ramp is at {traffic}");

    private static Task StateAsync(RunningService service, string state) =>
        Eventually.TrueAsync(async () => (string)(await service.GetAsync("/v1/experiments/x"))["state"]! == state, $"the experiment is {state}");

    private static async Task<string[]> ActionsAsync(RunningService service) =>
        [.. (await service.GetAsync("/v1/experiments/x/history"))["changes"]!.AsArray().Select(change => (string)change!["action"]!)];

    /// <summary>Until the driver has had several chances to do what it should not: reads of the database grow with each look.</summary>
    private static async Task LooksAsync(RunningService service)
    {
        async Task<double> ReadsAsync() => (await service.Http.GetStringAsync("/metrics")).Split('\n')
            .Where(line => line.StartsWith("db_client_operation_duration_seconds_count", StringComparison.Ordinal) && line.Contains("operation=\"read\"", StringComparison.Ordinal))
            .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture));
        var from = await ReadsAsync();
        await Eventually.TrueAsync(async () => await ReadsAsync() >= from + 10, "the driver looked several times");
    }
}
