using System.Net;
using System.Text.Json.Nodes;
using Shouldly;
using Splitrail.ExperimentSvc.Audit;
using Splitrail.Tests.Suite.Servers;
using Xunit;
using static Splitrail.Tests.Suite.Stores.ControlApi;

namespace Splitrail.Tests.Suite.Stores;

[Collection(PostgresTests.Name)]
public sealed class AuditLogTests(PostgresServer postgres)
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Every_change_is_in_the_log_and_the_command_finds_it_intact(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        var service = await EditedAsync(store);
        var lines = await ExportAsync(service);
        lines.Select(line => (string)line["entry"]!["action"]!).ShouldBe(["import", "import", "create", "create", "start", "edit", "promote", "edit"]);
        var promoted = lines[6]["entry"]!;
        ((string)promoted["actor"]!, (string)promoted["reason"]!["kind"]!).ShouldBe(("anonymous", "goal_reached"));
        ((double)promoted["from"]!["definition"]!["arms"]![0]!["share"]!, (double)promoted["to"]!["definition"]!["arms"]![0]!["share"]!).ShouldBe((0.75, 0));

        var verdict = await service.GetAsync("/v1/experiments/audit/verify");
        ((bool)verdict["intact"]!, (long)verdict["entries"]!).ShouldBe((true, 8));
        (await VerifyAsync(store)).ShouldBe((0, $"intact: 8 entries, head {verdict["head"]}"));
        await File.WriteAllTextAsync(store.In("export.jsonl"), await service.Http.GetStringAsync("/v1/experiments/audit"));
        (await RunAsync("--file", store.In("export.jsonl"))).Code.ShouldBe(0);
    }

    [Theory]
    [InlineData(StoreEngine.Sqlite, "UPDATE audit_log SET entry = REPLACE(entry, '\"actor\":\"anonymous\"', '\"actor\":\"anonymouS\"') WHERE sequence = 5", "entry 5 was changed")]
    [InlineData(StoreEngine.Sqlite, "UPDATE audit_log SET hash = REPLACE(hash, 'a', 'b') WHERE sequence = 4", "entry 4 was changed")]
    [InlineData(StoreEngine.Sqlite, "UPDATE audit_log SET id = 'y' WHERE sequence = 5", "entry 5 is filed as another one")]
    [InlineData(StoreEngine.Sqlite, "DELETE FROM audit_log WHERE sequence = 6", "entry 6 is missing")]
    [InlineData(StoreEngine.Sqlite, "DELETE FROM audit_log WHERE sequence = 8", "flags flags is not what the log says")]
    [InlineData(StoreEngine.Sqlite, "UPDATE definitions SET content = REPLACE(content, '\"share\":1', '\"share\":0.9') WHERE id = 'x'", "experiment x is not what the log says")]
    [InlineData(StoreEngine.Sqlite, "DELETE FROM definitions WHERE id = 'x'", "experiment x is in the log and gone")]
    [InlineData(StoreEngine.Postgres, "UPDATE audit_log SET entry = REPLACE(entry, '\"actor\":\"anonymous\"', '\"actor\":\"anonymouS\"') WHERE sequence = 5", "entry 5 was changed")]
    public async Task A_changed_byte_is_found_by_the_command(StoreEngine engine, string tampering, string found)
    {
        if (engine == StoreEngine.Postgres && PostgresPrograms.Skip is not null)
            return;
        await using var store = await TestStore.OnAsync(engine, postgres);
        var service = await EditedAsync(store);
        (await store.ExecuteAsync(tampering)).ShouldBe(1);

        var (code, said) = await VerifyAsync(store);
        (code, said.Contains(found, StringComparison.Ordinal)).ShouldBe((1, true), said);
        ((string)(await service.GetAsync("/v1/experiments/audit/verify"))["fault"]!).ShouldContain(found);
    }

    [Fact]
    public async Task Every_changed_byte_of_an_export_is_found()
    {
        await using var store = await TestStore.OnAsync(StoreEngine.Sqlite, postgres);
        var export = await (await EditedAsync(store)).Http.GetByteArrayAsync("/v1/experiments/audit");
        var random = new Random(7);
        for (var i = 0; i < 200; i++)
        {
            var changed = export.ToArray();
            var at = random.Next(changed.Length - 1);
            changed[at] ^= (byte)(1 << random.Next(7));
            using var lines = new StreamReader(new MemoryStream(changed));
            (await AuditCheck.OfExportAsync(lines, CancellationToken.None)).Intact.ShouldBeFalse($"byte {at}, {(char)export[at]} became {(char)changed[at]}");
        }
    }

    [Fact]
    public async Task The_command_says_what_it_cannot_read()
    {
        (await RunAsync("--database", "/nowhere/at/all.db")).Code.ShouldBe(2);
        (await RunAsync("--databases", "x")).Said.ShouldContain("verify-audit --database FILE");
    }

    /// <summary>Eight changes: two imported definitions, and six edits.</summary>
    private static async Task<RunningService> EditedAsync(TestStore store)
    {
        store.WriteDefinitions(ExperimentCalls.Definitions(0.5, 0.5, "draft"));
        var service = await store.ExperimentAsync();
        await service.LayerAsync("other");
        await service.CreateAsync(Experiment("x", "other"));
        var version = await service.ActAsync("x", "start");
        (await service.CallAsync("PUT", "/v1/experiments/x", Experiment("x", "other", 0.75, 0.25).ToJsonString(), version)).Should(HttpStatusCode.OK);
        await service.ActAsync("x", "promote", """{"arm":"b","reason":{"kind":"goal_reached"}}""");
        var flags = await service.CallAsync("GET", "/v1/flags");
        (await service.CallAsync("PUT", "/v1/flags", """{"flags":{"search":false}}""", flags.Version)).Should(HttpStatusCode.OK);
        return service;
    }

    private static async Task<JsonNode[]> ExportAsync(RunningService service) =>
        [.. (await service.Http.GetStringAsync("/v1/experiments/audit")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];

    private static Task<(int Code, string Said)> VerifyAsync(TestStore store) =>
        store.Postgres is { } postgres ? RunAsync("--connection-string", postgres) : RunAsync("--database", store.In("store.db"));

    private static async Task<(int Code, string Said)> RunAsync(params string[] args)
    {
        using var said = new StringWriter();
        var code = await AuditLog.Verify.RunAsync(args, said, said);
        return (code, said.ToString().TrimEnd());
    }
}
