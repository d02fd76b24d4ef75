using System.Text.Json.Nodes;
using Shouldly;
using Splitrail.Tests.Suite.Servers;
using Splitrail.Tests.Suite.Stores;
using Xunit;

namespace Splitrail.Tests.Suite.Ingestion;

[Collection(PostgresTests.Name)]
public sealed class QuietNightTests(PostgresServer postgres)
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Sums_that_nobody_changes_are_not_old_while_the_broker_says_that_all_was_delivered(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        var service = await store.ExperimentAsync("--ExperimentSvc:EvaluationInterval=01:00:00");
        await service.LayerAsync("ranking");
        await service.StartedAsync(DecisionCalls.Judged("x", "recommend"));
        await Eventually.TrueAsync(async () => await store.NumberAsync("SELECT COUNT(*) FROM experiment_intake WHERE experiment = 'x'") > 0, "the first count");
        await store.CountAsync("x", 9000, 450, 630);
        await store.ExecuteAsync("UPDATE experiment_intake SET updated_ms = updated_ms - 3600000");
        (await GroundsAsync(service)).ShouldBe(["stale_sums"]);

        // One topic may stand still while the other one moves.
        await HeartbeatAsync(service, "/events/exposures", """{"exposures":[]}""");
        (await GroundsAsync(service)).ShouldBe(["stale_sums"]);
        await HeartbeatAsync(service, "/events/outcomes", """{"events":[]}""");
        (await GroundsAsync(service)).ShouldBe(["goal_reached"]);
        (await service.GetAsync("/v1/experiments/x/quality"))["complete_until"].ShouldNotBeNull();
    }

    private static async Task<string[]> GroundsAsync(RunningService service) =>
        [.. (await service.GetAsync("/v1/experiments/x/results"))["conclusion"]!["grounds"]!.AsArray().Select(static ground => (string)ground!["kind"]!)];

    private static async Task HeartbeatAsync(RunningService service, string route, string data)
    {
        var envelope = new JsonObject
        {
            ["id"] = route, ["specversion"] = "1.0", ["time"] = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"), ["data"] = JsonNode.Parse(data),
        };
        using var content = new StringContent(envelope.ToJsonString(), null, "application/cloudevents+json");
        using var answer = await service.Http.PostAsync(route, content);
        ((string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["status"]!).ShouldBe("SUCCESS");
    }
}
