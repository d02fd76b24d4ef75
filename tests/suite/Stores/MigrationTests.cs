using System.Diagnostics;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.Tests.Suite.Servers;
using Xunit;
using static Splitrail.Tests.Suite.Stores.ExperimentCalls;

namespace Splitrail.Tests.Suite.Stores;

/// <summary>Schemas are brought up by a command of their own, and while replicas of two releases run side by side the older one works on the newer schema.</summary>
[Collection(PostgresTests.Name)]
public sealed class MigrationTests(PostgresServer postgres)
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Migrate_brings_the_schemas_up_and_ends_however_often_it_runs(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        foreach (var (program, section) in new[] { ("FeatureSvc", "FeatureSvc"), ("ExperimentSvc", "ExperimentSvc"), ("FeatureSvc", "FeatureSvc") })
            (await RunAsync(program, "migrate", store.Store(section), "--log-level=Error")).ShouldBe((0, ""));
        (await store.NumberAsync("SELECT COUNT(*) FROM schema_versions WHERE area IN ('feature-svc', 'experiment-svc') AND version >= 1")).ShouldBe(2);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task An_older_release_works_on_a_schema_that_a_newer_one_has_expanded(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        (await RunAsync("FeatureSvc", "migrate", store.Store("FeatureSvc"), "--log-level=Error")).ExitCode.ShouldBe(0);
        (await RunAsync("ExperimentSvc", "migrate", store.Store("ExperimentSvc"), "--log-level=Error")).ExitCode.ShouldBe(0);
        // What a later migration may do: new columns that may be empty, new tables, new indexes.
        foreach (var table in new[] { "events", "items", "outcomes", "unit_exposures", "control_snapshots", "leases" })
            await store.ExecuteAsync($"ALTER TABLE {table} ADD COLUMN of_a_later_release TEXT");
        await store.ExecuteAsync("CREATE TABLE of_a_later_release (id TEXT PRIMARY KEY)");
        await store.ExecuteAsync("UPDATE schema_versions SET version = version + 1");

        store.WriteDefinitions(Definitions(0.5, 0.5));
        var features = await store.FeatureAsync();
        var experiments = await store.ExperimentAsync();
        (await features.DeliverAsync(new ShopEvent("e1", EventTypes.View, "anna", null, "item-1", 1_760_000_000_000))).ShouldBe("SUCCESS");
        (await features.ContextAsync("anna")).Context.EventCount.ShouldBe(1);
        (await experiments.DeliverAsync(new Exposure("x1", "order", "a", "unit-1", "user", "request", 1, 1, 0.5, 1))).ShouldBe("SUCCESS");
        ((long)(await experiments.GetAsync("/v1/experiments/order"))["units"]!).ShouldBe(1);
        // The newer release's number stays: its replicas must not apply their step again.
        (await store.NumberAsync("SELECT MIN(version) FROM schema_versions WHERE area = 'feature-svc'")).ShouldBe(2);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, $"Splitrail.{program}.dll"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, (await output) + (await error));
    }
}
