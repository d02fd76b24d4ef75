using System.Diagnostics;
using Splitrail.Local;

namespace Splitrail.Benchmarks.Ingest;

/// <summary>
/// A PostgreSQL of the measurement's own on a free port of the loopback address, with the server's own defaults: what is measured as durable is on disk. The server refuses to run as root, so root starts it as the
/// user postgres.
/// </summary>
internal sealed class BenchPostgres : IAsyncDisposable
{
    private const string Debian = "/usr/lib/postgresql";

    private readonly string _programs;
    private readonly string _folder;
    private readonly int _port;

    private BenchPostgres(string programs, string folder, int port) => (_programs, _folder, _port) = (programs, folder, port);

    public string ConnectionString => $"Host=127.0.0.1;Port={_port};Username=postgres;Database=postgres";

    /// <returns>Null when its programs are not on this machine.</returns>
    public static async Task<BenchPostgres?> StartAsync()
    {
        if (Programs() is not { } programs)
            return null;
        var server = new BenchPostgres(programs, Directory.CreateTempSubdirectory("splitrail-bench-postgres-").FullName, FreePorts.Take(1)[0]);
        if (Environment.UserName == "root")
            await ExecAsync("chown", ["postgres", server._folder]);
        await server.RunAsync("initdb", "-D", server.Cluster, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C");
        await server.RunAsync("pg_ctl", "-D", server.Cluster, "-w", "-l", Path.Combine(server._folder, "log"), "-o", $"-h 127.0.0.1 -p {server._port} -k ''", "start");
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync("pg_ctl", "-D", Cluster, "-m", "immediate", "-w", "stop");
        Directory.Delete(_folder, recursive: true);
    }

    private string Cluster => Path.Combine(_folder, "cluster");

    private static string? Programs()
    {
        var installed = Directory.Exists(Debian)
            ? Directory.GetDirectories(Debian).OrderByDescending(static version => Path.GetFileName(version).PadLeft(4, '0'), StringComparer.Ordinal).Select(static version => Path.Combine(version, "bin"))
            : [];
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return installed.Concat(path).FirstOrDefault(static folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "pg_ctl")));
    }

    private Task RunAsync(string program, params string[] arguments)
    {
        var path = Path.Combine(_programs, program);
        return Environment.UserName == "root" ? ExecAsync("runuser", ["-u", "postgres", "--", path, .. arguments]) : ExecAsync(path, arguments);
    }

    private static async Task ExecAsync(string program, string[] arguments)
    {
        // Not redirected into a pipe: the server inherits it, and its end would never come.
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >/dev/null", "sh", program, .. arguments]) { WorkingDirectory = "/" })!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }
}
