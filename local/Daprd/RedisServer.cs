using System.Net.Sockets;
using System.Text;

namespace Splitrail.Local.Daprd;

/// <summary>A Redis of the suite's own: append-only file in its folder, so that what was accepted is there after the next start.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(10);
    private readonly WatchedProcess _process;

    private RedisServer(WatchedProcess process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    /// <summary><c>HOST:PORT</c>.</summary>
    public string Address => $"127.0.0.1:{Port}";

    /// <summary>Kills and starts again, as far as tests want it.</summary>
    public WatchedProcess Process => _process;

    /// <summary>Path of redis-server; null when there is none.</summary>
    public static string? Find() => DaprdProgram.OnPath("redis-server");

    /// <summary>Starts one and waits until it answers.</summary>
    /// <exception cref="TimeoutException">It does not answer.</exception>
    public static async Task<RedisServer> StartAsync(string program, string folder, Action<string> print, CancellationToken cancellationToken = default)
    {
        Directory.CreateDirectory(folder);
        var port = FreePorts.Take(1)[0];
        string[] arguments =
            ["--port", $"{port}", "--bind", "127.0.0.1", "--dir", folder, "--appendonly", "yes", "--save", "", "--loglevel", "warning", "--daemonize", "no"];
        var process = new WatchedProcess("redis", new ProcessPlan(program, arguments, new Dictionary<string, string>(), Path.Combine(folder, "redis.pid")), print);
        var server = new RedisServer(process, port);
        process.Start();
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(StartLimit);
        while (!await AnswersAsync("127.0.0.1", port, limited.Token))
        {
            if (limited.IsCancellationRequested)
                throw new TimeoutException($"{program} does not answer on port {port} within {StartLimit.TotalSeconds:0} s.");
            await Task.Delay(20, CancellationToken.None);
        }

        return server;
    }

    /// <summary>Whether a Redis that is ready answers there; one that still loads its file is not.</summary>
    public static async Task<bool> AnswersAsync(string host, int port, CancellationToken cancellationToken)
    {
        try
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(host, port, cancellationToken);
            await socket.SendAsync("PING\r\n"u8.ToArray(), cancellationToken);
            var answer = new byte[64];
            var length = await socket.ReceiveAsync(answer, cancellationToken);
            return Encoding.ASCII.GetString(answer, 0, length).StartsWith("+PONG", StringComparison.Ordinal);
        }
        catch (Exception away) when (away is SocketException or OperationCanceledException)
        {
            return false;
        }
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
