using Shouldly;
using Splitrail.Tests.Suite.Servers;
using Xunit;
using static Splitrail.Tests.Suite.Stores.DecisionCalls;

namespace Splitrail.Tests.Suite.Stores;

/// <summary>Several replicas, and such that die, on one database: everything is decided once and carried out once.</summary>
[Collection(PostgresTests.Name)]
public sealed class DecisionReplicaTests(PostgresServer postgres)
{
    private const int Experiments = 8;

    [Theory, OnSqlite, OnPostgres]
    public async Task Two_evaluators_at_once_never_decide_twice(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        var first = await store.ExperimentAsync(Fast);
        var second = await store.ExperimentAsync(Fast);
        var ids = await StartAllAsync(first);
        // The lease changes hands again and again while decisions are made: whoever has it goes away.
        for (var i = 0; i < ids.Length; i++)
        {
            await store.CountAsync(ids[i], treated: 300);
            if (i % 4 != 3)
                continue;
            await first.DisposeAsync();
            (first, second) = (second, await store.ExperimentAsync(Fast));
        }

        await ShouldBeDecidedOnceAsync(first, store, ids);
        await ShouldBeDecidedOnceAsync(second, store, ids);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_kill_at_any_moment_around_a_decision_is_completed_once_after_the_restart(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        // This one does not decide: its rounds are an hour apart and it stands by while others have the lease.
        var watcher = await store.ExperimentAsync("--ExperimentSvc:EvaluationInterval=01:00:00", "--ExperimentSvc:EvaluationLease=01:00:00");
        var ids = await StartAllAsync(watcher);
        await store.ExecuteAsync("UPDATE leases SET expires_ms = 0");
        var random = new Random(engine == StoreEngine.Sqlite ? 11 : 12);
        for (var i = 0; i < ids.Length; i++)
        {
            using var process = ExperimentProcess.Start(store, Fast);
            var token = await store.NumberAsync("SELECT token FROM leases");
            await Eventually.TrueAsync(async () => await store.NumberAsync("SELECT token FROM leases") > token, "the new process has the lease");
            await store.CountAsync(ids[i], treated: 300);
            // Either right after the decision, which is when it is carried out, or at any moment from before the evaluation on.
            if (i % 2 == 0)
                await DecidedAsync(store, ids[i]);
            else
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(120)));
            process.IsRunning.ShouldBeTrue();
            process.Kill();
        }

        using var last = ExperimentProcess.Start(store, Fast);
        await ShouldBeDecidedOnceAsync(watcher, store, ids);
    }

    /// <summary>Without a pause: the few milliseconds after are what matters.</summary>
    private static async Task DecidedAsync(TestStore store, string id)
    {
        var limit = TimeProvider.System.GetUtcNow().AddSeconds(20);
        while (await store.NumberAsync($"SELECT COUNT(*) FROM decision_actions WHERE experiment = '{id}'") == 0 && TimeProvider.System.GetUtcNow() < limit)
            await Task.Yield();
    }

    private static async Task<string[]> StartAllAsync(RunningService service)
    {
        await service.LayerAsync("ranking");
        string[] ids = [.. Enumerable.Range(0, Experiments).Select(static i => $"x{i}")];
        foreach (var id in ids)
            await service.StartedAsync(Judged(id, "act", traffic: 0.08));
        return ids;
    }

    private static async Task ShouldBeDecidedOnceAsync(RunningService service, TestStore store, string[] ids)
    {
        foreach (var id in ids)
            await service.DecidedAsync(id, "applied");
        foreach (var id in ids)
        {
            (await service.DecisionsAsync(id)).Select(static one => (string)one["kind"]!).ShouldBe(["roll_back"], id);
            var changes = (await service.GetAsync($"/v1/experiments/{id}/history"))["changes"]!.AsArray();
            changes.Count(static change => (string)change!["action"]! == "roll_back").ShouldBe(1, id);
            ((double)(await service.GetAsync($"/v1/experiments/{id}"))["arms"]![1]!["share"]!).ShouldBe(0, id);
        }

        (await store.VerifyDecisionsAsync()).Said.ShouldStartWith($"intact: {ids.Length} entries");
    }
}
