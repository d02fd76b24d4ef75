using System.Diagnostics;
using Dapper;
using Npgsql;
using Splitrail.Local;
using Xunit;

namespace Splitrail.Tests.Suite.Servers;

/// <summary>
/// A PostgreSQL of the tests' own: a cluster in a temporary folder on a free port of the loopback address, started when the first test asks for
/// it and stopped at the end. The server refuses to run as root, so root starts it as the user postgres.
/// </summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private readonly SemaphoreSlim _one = new(1);
    private string? _folder;
    private int _port;
    private int _databases;

    /// <summary>A new, empty database; returns its connection string.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        await StartAsync();
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync($"CREATE DATABASE {name}");
        return $"{Address};Database={name}";
    }

    /// <summary>Cuts the database off: sessions end, new ones are refused.</summary>
    public async Task CutOffAsync(string connectionString)
    {
        var name = new NpgsqlConnectionStringBuilder(connectionString).Database;
        await ExecuteAsync($"ALTER DATABASE {name} ALLOW_CONNECTIONS false");
        await ExecuteAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
    }

    public Task BringBackAsync(string connectionString) =>
        ExecuteAsync($"ALTER DATABASE {new NpgsqlConnectionStringBuilder(connectionString).Database} ALLOW_CONNECTIONS true");

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        _one.Dispose();
        if (_folder is null)
            return;
        NpgsqlConnection.ClearAllPools();
        await RunAsync("pg_ctl", "-D", Cluster, "-m", "immediate", "-w", "stop");
        Directory.Delete(_folder, recursive: true);
    }

    private string Address => $"Host=127.0.0.1;Port={_port};Username=postgres;Maximum Pool Size=20";

    private string Cluster => Path.Combine(_folder!, "cluster");

    private async Task StartAsync()
    {
        await _one.WaitAsync();
        try
        {
            if (_folder is not null)
                return;
            if (PostgresPrograms.Folder is null)
                throw new InvalidOperationException(PostgresPrograms.HowToGet);
            _folder = Directory.CreateTempSubdirectory("splitrail-postgres-").FullName;
            if (Environment.UserName == "root")
                await ExecAsync("chown", ["postgres", _folder]);
            _port = FreePorts.Take(1)[0];
            await RunAsync("initdb", "-D", Cluster, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "--no-sync");
            // No fsync: what a crash of the machine would cost does not matter here, and the tests take half the time.
            await RunAsync(
                "pg_ctl", "-D", Cluster, "-w", "-l", Path.Combine(_folder, "log"),
                "-o", $"-h 127.0.0.1 -p {_port} -k '' -c fsync=off -c full_page_writes=off -c max_connections=200", "start");
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection($"{Address};Database=postgres;Pooling=false");
        await connection.ExecuteAsync(sql);
    }

    private static Task RunAsync(string program, params string[] arguments)
    {
        var path = Path.Combine(PostgresPrograms.Folder!, program);
        return Environment.UserName == "root" ? ExecAsync("runuser", ["-u", "postgres", "--", path, .. arguments]) : ExecAsync(path, arguments);
    }

    private static async Task ExecAsync(string program, string[] arguments)
    {
        // Not redirected into a pipe: the server inherits it, and its end would never come.
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >/dev/null", "sh", program, .. arguments]) { WorkingDirectory = "/" })!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await process.WaitForExitAsync(limit.Token);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }
}

/// <summary>Tests that may need the server: they share one.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresTests : ICollectionFixture<PostgresServer>
{
    public const string Name = "PostgreSQL";
}
