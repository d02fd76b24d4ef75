using System.Net;
using System.Text.Json.Nodes;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.Tests.Suite.Servers;
using Xunit;
using static Splitrail.Tests.Suite.Stores.ControlApi;

namespace Splitrail.Tests.Suite.Stores;

[Collection(PostgresTests.Name)]
public sealed class PreviewTests(PostgresServer postgres)
{
    private const int Slots = 1 << 20;

    [Theory, OnSqlite, OnPostgres]
    public async Task A_preview_says_what_saving_then_does(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        var service = await store.ExperimentAsync();
        await service.LayerAsync("ranking");
        var version = await service.StartedAsync(Planned(0.5, 0.5));
        var before = (await service.ControlAsync(0)).Snapshot!;
        var preview = (await service.CallAsync("POST", "/v1/experiments/x/preview", Planned(0.75, 0.25).ToJsonString())).Should(HttpStatusCode.OK).Json;
        (await service.ControlAsync(0)).Snapshot!.Version.ShouldBe(before.Version, "a preview changes nothing");

        ((int)preview["moved_slots"]!, (double)preview["moved_share"]!, (bool)preview["starts_epoch"]!, (int)preview["epoch"]!).ShouldBe((Slots / 4, 0.25, true, 2));
        var move = preview["moves"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)move["from"]!, (string)move["to"]!, (int)move["slots"]!).ShouldBe(("x/b", "x/a", Slots / 4));
        preview["arms_affected"]!.AsArray().Select(arm => (string)arm!).ShouldBe(["a", "b"]);

        (await service.CallAsync("PUT", "/v1/experiments/x", Planned(0.75, 0.25).ToJsonString(), version)).Should(HttpStatusCode.OK);
        var after = (await service.ControlAsync(0)).Snapshot!;
        Experiments.SlotMap.Distance(Map(before), Map(after)).ShouldBe((int)preview["moved_slots"]!);
        after.Layers.Single(layer => layer.Id == "ranking").Experiments[0].Epoch.ShouldBe(2);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_preview_says_what_happens_to_the_planned_end_and_to_the_power(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        var clock = new SetClock();
        var service = await store.ExperimentAsync(clock);
        await service.LayerAsync("ranking");
        await service.StartedAsync(Planned(0.5, 0.5, traffic: 0.5));
        var at = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var exposures = Enumerable.Range(0, 2000).Select(i => new Exposure($"e{i}", "x", i % 2 == 0 ? "a" : "b", $"u{i}", "user", "r", 1, 1, 0.5, at)).ToArray();
        foreach (var batch in exposures.Chunk(500))
            (await service.DeliverAsync(batch)).ShouldBe("SUCCESS");
        clock.Offset = TimeSpan.FromDays(2);

        var preview = (await service.CallAsync("POST", "/v1/experiments/x/preview", Planned(0.5, 0.5, traffic: 1).ToJsonString())).Should(HttpStatusCode.OK).Json;
        var (before, after) = (preview["before"]!, preview["after"]!);
        ((double)before["units_per_day"]!).ShouldBe(1000, 1);
        ((double)after["units_per_day"]!).ShouldBe(2000, 2);
        // 0.05 against 0.055: 31,234 in each arm, by the textbook.
        ((long)before["units_needed"]!).ShouldBeInRange(2 * 31_230, 2 * 31_240);
        (DateTimeOffset.Parse((string)after["planned_end"]!) < DateTimeOffset.Parse((string)before["planned_end"]!)).ShouldBeTrue("more traffic reaches the horizon sooner");
        ((double)after["power_at_end"]!).ShouldBe((double)before["power_at_end"]!, 0.01, "the horizon is in units");
        ((string)before["metric"]!).ShouldBe("conversion");
    }

    [Fact]
    public async Task A_preview_of_a_draft_shows_its_start_and_of_a_bad_edit_the_problem()
    {
        await using var store = await TestStore.OnAsync(StoreEngine.Sqlite, postgres);
        var service = await store.ExperimentAsync();
        await service.LayerAsync("ranking");
        var preview = (await service.CallAsync("POST", "/v1/experiments/x/preview", Experiment("x", traffic: 0.5).ToJsonString())).Should(HttpStatusCode.OK).Json;
        ((bool)preview["assumes_start"]!, (double)preview["moved_share"]!).ShouldBe((true, 0.5));
        (await service.CallAsync("POST", "/v1/experiments/x/preview", Experiment("x", control: 0.6).ToJsonString())).ShouldRefuse(HttpStatusCode.BadRequest, "0.6 + 0.5 = 1.1");
        (await service.CallAsync("GET", "/v1/experiments/x")).ShouldRefuse(HttpStatusCode.NotFound);
    }

    private static JsonObject Planned(double control, double treatment, double traffic = 1)
    {
        var planned = Experiment("x", control: control, treatment: treatment, traffic: traffic);
        planned["metrics"] = JsonNode.Parse("""[{"name":"conversion","role":"goal","baseline":0.05,"minimum_effect":0.1}]""");
        planned["horizon"] = new JsonObject { ["units"] = 40_000 };
        return planned;
    }

    private static IReadOnlyList<SlotRange> Map(ControlSnapshot snapshot) => snapshot.Layers.Single(layer => layer.Id == "ranking").SlotMap;
}
