using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Splitrail.ExperimentSvc;
using Splitrail.FeatureSvc;
using Splitrail.Tests.Suite.Servers;

namespace Splitrail.Tests.Suite.Stores;

/// <summary>A database of one test and a folder for its files; services are started on it, one or several.</summary>
public sealed class TestStore : IAsyncDisposable
{
    private readonly List<RunningService> _running = [];

    private TestStore(string folder, string? postgres) => (Folder, Postgres) = (folder, postgres);

    public string Folder { get; }

    /// <summary>Connection string; null on SQLite.</summary>
    public string? Postgres { get; }

    public static async Task<TestStore> OnAsync(StoreEngine engine, PostgresServer server) => new(
        Directory.CreateTempSubdirectory("splitrail-stores-").FullName,
        engine == StoreEngine.Postgres ? await server.CreateDatabaseAsync() : null);

    public string In(string name) => Path.Combine(Folder, name);

    public async Task<RunningService> FeatureAsync(params string[] arguments) =>
        await (await StartFeatureAsync(arguments)).ReadyAsync();

    /// <summary>Started, but perhaps not ready yet.</summary>
    public async Task<RunningService> StartFeatureAsync(params string[] arguments) =>
        Keep(await RunningService.StartAsync(static args => FeatureApp.Build(args), [Store("FeatureSvc"), .. arguments]));

    public async Task<RunningService> ExperimentAsync(params string[] arguments) =>
        await (await StartExperimentAsync(arguments)).ReadyAsync();

    /// <summary>Its definitions file is the truth, and edits of it are followed.</summary>
    public Task<RunningService> FollowingAsync(params string[] arguments) => ExperimentAsync(["--ExperimentSvc:FollowDefinitions=true", .. arguments]);

    /// <summary>With a clock of the test's.</summary>
    public async Task<RunningService> ExperimentAsync(TimeProvider clock, params string[] arguments) => await (await StartExperimentAsync(clock, arguments)).ReadyAsync();

    public Task<RunningService> StartExperimentAsync(params string[] arguments) => StartExperimentAsync(TimeProvider.System, arguments);

    private async Task<RunningService> StartExperimentAsync(TimeProvider clock, string[] arguments) =>
        Keep(await RunningService.StartAsync(
            args => ExperimentApp.Build(args, builder => builder.Services.AddSingleton(clock)),
            [Store("ExperimentSvc"), "--ExperimentSvc:PollInterval=00:00:00.050", $"--ExperimentSvc:Definitions={In("experiments.json")}", .. arguments]));

    /// <summary>A statement past every service, as somebody with access to the database could run it; returns the rows it touched.</summary>
    public async Task<int> ExecuteAsync(string statement)
    {
        await using var connection = Connect();
        return await connection.ExecuteAsync(statement);
    }

    /// <summary>A number from the database; 0 when there is none.</summary>
    public async Task<long> NumberAsync(string query)
    {
        await using var connection = Connect();
        return await connection.ExecuteScalarAsync<long?>(query) ?? 0;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _running)
            await service.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>The argument that puts a service on this database.</summary>
    public string Store(string section) => Postgres is null ? $"--{section}:Database={In("store.db")}" : $"--{section}:ConnectionString={Postgres}";

    private System.Data.Common.DbConnection Connect() => Postgres is { } address ? new NpgsqlConnection(address) : new SqliteConnection($"Data Source={In("store.db")};Pooling=False");

    private RunningService Keep(RunningService service)
    {
        _running.Add(service);
        return service;
    }
}
