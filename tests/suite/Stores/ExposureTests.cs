using System.Net;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.Tests.Suite.Servers;
using Xunit;
using static Splitrail.Tests.Suite.Stores.ExperimentCalls;

namespace Splitrail.Tests.Suite.Stores;

[Collection(PostgresTests.Name)]
public sealed class ExposureTests(PostgresServer postgres)
{
    [Theory, OnSqlite, OnPostgres]
    public async Task A_unit_counts_once_per_arm_however_its_exposures_arrive(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        store.WriteDefinitions(Definitions(0.5, 0.5));
        var service = await store.ExperimentAsync();
        var exposures = Enumerable.Range(0, 400).Select(i => Of($"x{i}", i % 40 < 20 ? "a" : "b", $"unit-{i % 40}", at: i)).Append(Of("y", "b", "unit-3", 7)).ToArray();
        var arriving = exposures.Concat(exposures).ToArray();
        new Random(5).Shuffle(arriving);
        var answers = await Task.WhenAll(arriving.Chunk(50).Select(batch => service.DeliverAsync(batch)));
        answers.ShouldAllBe(answer => answer == "SUCCESS");

        var experiment = await service.GetAsync("/v1/experiments/order");
        ((long)experiment["units"]!).ShouldBe(40);
        ((long)experiment["multi_arm_units"]!).ShouldBe(1);
        experiment["arms"]!.AsArray().Select(arm => (long)arm!["units"]!).ShouldBe([20L, 21L]);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_session_and_the_user_who_logged_in_are_one_person_and_two_arms_are_found_across_both(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        store.WriteDefinitions(Definitions(0.5, 0.5));
        var service = await store.ExperimentAsync();
        Exposure Session(string id, string arm, string session, long at, string? user = null) => Of(id, arm, session, at) with { UnitKind = "session", LinkedUser = user };
        Exposure[] exposures =
        [
            // One who keeps his arm, one whose earlier visit as a user had the other one, one guest who never logs in.
            Session("1", "a", "s-anna", 1), Session("2", "a", "s-anna", 2, "anna"), Of("3", "a", "anna", 9),
            Of("4", "b", "bert", 1), Session("5", "a", "s-bert", 5), Session("6", "a", "s-bert", 6, "bert"), Session("7", "a", "s-bert", 7, "somebody-later"),
            Session("8", "b", "s-guest", 3),
        ];
        var arriving = exposures.Concat(exposures).ToArray();
        new Random(3).Shuffle(arriving);
        foreach (var batch in arriving.Chunk(3))
            (await service.DeliverAsync(batch)).ShouldBe("SUCCESS");

        var experiment = await service.GetAsync("/v1/experiments/order");
        ((long)experiment["units"]!).ShouldBe(3);
        ((long)experiment["multi_arm_units"]!).ShouldBe(1);
        experiment["arms"]!.AsArray().Select(arm => (long)arm!["units"]!).ShouldBe([2L, 2L]);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task An_invalid_exposure_is_dropped_and_the_others_count(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        store.WriteDefinitions(Definitions(0.5, 0.5));
        var service = await store.ExperimentAsync();
        var good = Of("1", "a", "anna", 1);
        (await service.DeliverAsync(
            good,
            good with { Unit = "" },
            good with { UnitKind = "device" },
            good with { Probability = 0 },
            good with { Epoch = 0 },
            good with { LinkedUser = "" },
            good with { TimestampMs = -1 })).ShouldBe("DROP");
        ((long)(await service.GetAsync("/v1/experiments/order"))["units"]!).ShouldBe(1);
    }

    [Theory, OnSqlite]
    public async Task Experiments_that_do_not_run_are_listed_without_epoch(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        store.WriteDefinitions(Definitions(0.5, 0.5, "draft"));
        var service = await store.ExperimentAsync();
        (await service.ControlAsync(0)).Snapshot!.Layers[0].Experiments.ShouldBeEmpty();
        var listed = (await service.GetAsync("/v1/experiments"))["experiments"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)listed["state"]!).ShouldBe("draft");
        listed["epoch"].ShouldBeNull();
    }

    [Fact]
    public async Task An_unknown_experiment_is_a_404_problem_that_names_the_known_ones()
    {
        await using var store = await TestStore.OnAsync(StoreEngine.Sqlite, postgres);
        store.WriteDefinitions(Definitions(0.5, 0.5));
        var service = await store.ExperimentAsync();
        using var answer = await service.Http.GetAsync("/v1/experiments/nope");
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await answer.Content.ReadAsStringAsync()).ShouldContain("order");
    }

    private static Exposure Of(string id, string arm, string unit, long at) => new(id, "order", arm, unit, "user", "request", 1, 1, 0.5, at);
}
