namespace Splitrail.Local.Daprd;

/// <summary>The real sidecars of a suite, and the Redis behind them.</summary>
public sealed class DaprdSidecars : IAsyncDisposable
{
    private readonly SuiteOptions _options;
    private readonly string _program;
    private readonly string _folder;
    private readonly RedisServer? _redis;
    private readonly DaprdResources _resources;

    private DaprdSidecars(SuiteOptions options, string program, string folder, RedisServer? redis, DaprdResources resources) =>
        (_options, _program, _folder, _redis, _resources) = (options, program, folder, redis, resources);

    /// <summary>What is missing, each with the fix; empty when all is there.</summary>
    public static IReadOnlyList<string> Missing(SuiteOptions options)
    {
        List<string> faults = [];
        if (DaprdProgram.Find() is null)
        {
            faults.Add(Environment.GetEnvironmentVariable(DaprdProgram.Variable) is { Length: > 0 } named
                ? $"{DaprdProgram.Variable} is '{named}', which is no file: name the program daprd."
                : $"daprd was not found: put it on PATH, or name it by the variable {DaprdProgram.Variable}.");
        }

        if (options.Redis is null && RedisServer.Find() is null)
            faults.Add("redis-server was not found on PATH: install Redis, or give the address of one that runs, such as --redis localhost:6379.");
        else if (options.Redis is { } redis && (redis.Split(':') is not [{ Length: > 0 }, var port] || !ushort.TryParse(port, out _)))
            faults.Add($"--redis is '{redis}': give HOST:PORT, such as localhost:6379.");
        return faults;
    }

    /// <summary>Starts the Redis, when the options name none, and writes the component files.</summary>
    public static async Task<DaprdSidecars> PrepareAsync(SuiteOptions options, SuiteLayout layout, Action<string> print, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(options.StateDirectory, "daprd");
        Directory.CreateDirectory(folder);
        var redis = options.Redis is null ? await RedisServer.StartAsync(RedisServer.Find()!, Path.Combine(folder, "redis"), print, cancellationToken) : null;
        var resources = DaprdResources.Write(options.ComponentsDirectory, folder, options.Redis ?? redis!.Address, Peers(layout));
        return new DaprdSidecars(options, DaprdProgram.Find()!, folder, redis, resources);
    }

    /// <summary>daprd warns of what is normal at a start and of every retry, so our Warning is its error. With app health checks: they keep messages back while the app is away, which the embedded sidecar always does.</summary>
    public ProcessPlan Plan(AppPlan app) =>
        DaprdPlan.Of(
            _program, app.AppId, app.Address.Port, app.SidecarAddress.Port, app.PeerPort, _resources,
            "--enable-app-health-check", "--app-health-check-path", "/health/live", "--app-health-probe-interval", "1",
            "--log-level", _options.LogLevel switch { "Debug" => "debug", "Information" => "info", _ => "error" },
            _options.LogFormat == "json" ? "--log-as-json=true" : "--log-as-json=false")
        with { PidFile = Path.Combine(_folder, $"{app.Name}.pid") };

    /// <summary>A table has one sidecar per app; replicas need names that several answer to.</summary>
    private static Dictionary<string, int>? Peers(SuiteLayout layout) =>
        layout.Apps.Any(static app => app.Name != app.AppId) ? null : layout.Apps.ToDictionary(static app => app.AppId, static app => app.PeerPort);

    public async ValueTask DisposeAsync()
    {
        if (_redis is not null)
            await _redis.DisposeAsync();
    }
}
