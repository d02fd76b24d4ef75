using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Splitrail.Local.Daprd;

namespace Splitrail.Tests.Suite.Dapr;

/// <summary>Real sidecars on the files of a test: embedded component types become those of a Redis of the test's own.</summary>
internal sealed partial class DaprdRig(string folder) : IAsyncDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly List<string> _databases = [];
    private HashSet<string> _configured = [];
    private RedisServer? _redis;

    /// <summary>Starts daprd and waits until it serves what it can: all when its app listens, else its own API.</summary>
    public async Task<SidecarUnderTest> StartAsync(string resources, string appId, int appPort, string[] more)
    {
        var plan = await PlanAsync(resources, appId, appPort, more);
        var address = new Uri($"http://127.0.0.1:{plan.Arguments[plan.Arguments.ToList().IndexOf("--dapr-http-port") + 1]}");
        var host = new ProcessHost(plan);
        var sidecar = new SidecarUnderTest(host, address);
        var path = appPort != 0 && await ListensAsync(appPort) ? "/v1.0/healthz" : "/v1.0/healthz/outbound";
        var started = Stopwatch.GetTimestamp();
        while (!(await sidecar.IsListeningAsync() && (await sidecar.GetAsync(path)).Status == 204))
        {
            // An app that takes the connection and says nothing keeps it from ever being ready.
            if (Stopwatch.GetElapsedTime(started).TotalSeconds > 5)
                path = "/v1.0/healthz/outbound";
            if (host.HasEnded || Stopwatch.GetElapsedTime(started).TotalSeconds > 30)
            {
                host.Kill();
                throw new InvalidOperationException($"daprd of {appId} is not up:\n{await host.OutputAsync()}");
            }

            await Task.Delay(20);
        }

        return sidecar;
    }

    /// <summary>What the file of an embedded configuration store holds, as keys of the Redis.</summary>
    public async Task ConfigureAsync(string json)
    {
        var redis = await RedisAsync();
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync("127.0.0.1", redis.Port);
        using var settings = JsonDocument.Parse(json);
        var wanted = settings.RootElement.EnumerateObject().ToDictionary(one => one.Name, one => one.Value.GetString()!);
        await CommandAsync(socket, "SELECT", $"{DatabaseOf("cfg")}");
        foreach (var gone in _configured.Except(wanted.Keys))
            await CommandAsync(socket, "DEL", gone);
        foreach (var (key, value) in wanted)
            await CommandAsync(socket, "SET", key, value);
        _configured = [.. wanted.Keys];
    }

    public async Task<long> StreamLengthAsync(string topic)
    {
        var redis = await RedisAsync();
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync("127.0.0.1", redis.Port);
        return long.Parse((await CommandAsync(socket, "XLEN", topic)).TrimStart(':'), CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        if (_redis is not null)
            await _redis.DisposeAsync();
        _one.Dispose();
    }

    private async Task<Local.ProcessPlan> PlanAsync(string resources, string appId, int appPort, string[] more)
    {
        await _one.WaitAsync();
        try
        {
            var redis = await RedisAsyncCore();
            // Each sidecar reads the files as they are when it starts.
            var source = Directory.CreateDirectory(Path.Combine(folder, $"source-{Guid.NewGuid():N}")).FullName;
            foreach (var file in Directory.EnumerateFiles(resources, "*.yaml"))
                await File.WriteAllTextAsync(Path.Combine(source, Path.GetFileName(file)), Translate(await File.ReadAllTextAsync(file), redis.Address, resources));
            var target = source + "-daprd";
            var written = DaprdResources.Write(source, target, redis.Address);
            // All of one rig find each other.
            await File.WriteAllTextAsync(written.Configuration, (await File.ReadAllTextAsync(written.Configuration)).Replace(Path.Combine(target, "names.db"), Path.Combine(folder, "names.db"), StringComparison.Ordinal));
            var environment = more.Chunk(2).Where(pair => pair[0].EndsWith("_TOKEN", StringComparison.Ordinal)).ToDictionary(pair => pair[0][2..], pair => pair[1]);
            string[] arguments = [.. more.Chunk(2).Where(pair => !environment.ContainsKey(pair[0][2..])).SelectMany(pair => pair)];
            var plan = DaprdPlan.Of(SidecarEngine.Daprd, appId, appPort, SidecarRig.FreePort(), 0, written, [.. arguments, "--log-level", "warn"]);
            return plan with { Environment = plan.Environment.Concat(environment).ToDictionary(pair => pair.Key, pair => pair.Value) };
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<RedisServer> RedisAsync()
    {
        await _one.WaitAsync();
        try
        {
            return await RedisAsyncCore();
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<RedisServer> RedisAsyncCore() =>
        _redis ??= await RedisServer.StartAsync(SidecarEngine.Redis, Path.Combine(folder, "redis"), static _ => { });

    private string Translate(string yaml, string redis, string resources)
    {
        // Every subscription holds a connection while it waits; the default pool of ten per core is smaller than the number of topics here.
        yaml = EmbeddedType().Replace(yaml, "type: $1.redis");
        yaml = RedisMetadata().Replace(yaml, match => $"{match.Value}{{name: redisHost, value: \"{redis}\"}}, {{name: redisDB, value: \"{DatabaseOf(match.Groups["name"].Value)}\"}}, {{name: poolSize, value: \"100\"}}, ");
        return yaml.Replace("value: \"secrets.json\"", $"value: \"{Path.Combine(resources, "secrets.json")}\"", StringComparison.Ordinal);
    }

    /// <summary>One for each component: two brokers in one database would share their streams.</summary>
    private int DatabaseOf(string component)
    {
        if (!_databases.Contains(component))
            _databases.Add(component);
        return _databases.IndexOf(component);
    }

    private static async Task<string> CommandAsync(Socket socket, params string[] words)
    {
        var text = new StringBuilder($"*{words.Length}\r\n");
        foreach (var word in words)
            text.Append($"${Encoding.UTF8.GetByteCount(word)}\r\n{word}\r\n");
        await socket.SendAsync(Encoding.UTF8.GetBytes(text.ToString()));
        var answer = new byte[256];
        var length = await socket.ReceiveAsync(answer);
        if (length == 0 || answer[0] == (byte)'-')
            throw new InvalidOperationException($"Redis answered {Encoding.UTF8.GetString(answer, 0, length)} to {string.Join(' ', words)}.");
        return Encoding.UTF8.GetString(answer, 0, length).TrimEnd();
    }

    private static async Task<bool> ListensAsync(int port)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"type: (state|pubsub|configuration|lock)\.embedded")]
    private static partial Regex EmbeddedType();

    [GeneratedRegex(@"name: (?<name>\S+)\s+spec:\s+type: (state|pubsub|configuration|lock)\.redis\s+version: v1\s+metadata: \[")]
    private static partial Regex RedisMetadata();
}
