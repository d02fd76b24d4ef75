using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;

namespace Splitrail.Benchmarks.EndToEnd;

/// <summary>Sends recommendation requests, closed loop or open loop.</summary>
internal sealed class LoadGenerator : IDisposable
{
    private static readonly MediaTypeHeaderValue s_json = new("application/json");
    private readonly HttpClient _http;
    private readonly RequestMix _mix;
    private readonly int _connections;
    private int _next;

    public LoadGenerator(Uri gateway, RequestMix mix, int connections)
    {
        _mix = mix;
        _connections = connections;
        // Open-loop load opens as many connections as it needs: a client that queues would hide the server's latency.
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false, MaxConnectionsPerServer = 1024 })
        {
            BaseAddress = gateway,
            Timeout = TimeSpan.FromSeconds(10),
        };
    }

    /// <summary>Each connection sends its next request when the last was answered.</summary>
    public async Task<LoadResult> ClosedLoopAsync(TimeSpan length, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var workers = Enumerable.Range(0, _connections).Select(_ => Task.Run(async () =>
        {
            var seen = new List<Observation>();
            while (Stopwatch.GetElapsedTime(started) < length && !cancellationToken.IsCancellationRequested)
                seen.Add(await SendAsync(Stopwatch.GetTimestamp(), cancellationToken));
            return seen;
        }, cancellationToken));
        var all = await Task.WhenAll(workers);
        return new LoadResult(all.SelectMany(static seen => seen), Stopwatch.GetElapsedTime(started));
    }

    /// <summary>One after the other, so many.</summary>
    public async Task<LoadResult> CountedAsync(int requests, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var seen = new List<Observation>(requests);
        while (seen.Count < requests)
            seen.Add(await SendAsync(Stopwatch.GetTimestamp(), cancellationToken));
        return new LoadResult(seen, Stopwatch.GetElapsedTime(started));
    }

    /// <summary>Poisson arrivals of the given rate, whatever the answers do.</summary>
    public async Task<LoadResult> OpenLoopAsync(double perSecond, TimeSpan length, ulong seed, CancellationToken cancellationToken)
    {
        var random = new Random((int)(seed & int.MaxValue));
        var pending = new List<Task<Observation>>((int)(perSecond * length.TotalSeconds * 1.1));
        var started = Stopwatch.GetTimestamp();
        var due = 0.0;
        while (due < length.TotalSeconds)
        {
            due += -Math.Log(1 - random.NextDouble()) / perSecond;
            var at = started + (long)(due * Stopwatch.Frequency);
            await UntilAsync(at, cancellationToken);
            pending.Add(SendAsync(at, cancellationToken));
        }

        var seen = await Task.WhenAll(pending);
        return new LoadResult(seen, Stopwatch.GetElapsedTime(started));
    }

    public void Dispose() => _http.Dispose();

    /// <summary>A timer's tick is a millisecond and more: whatever is due within it leaves at once, and its lateness counts as latency.</summary>
    private static async Task UntilAsync(long at, CancellationToken cancellationToken)
    {
        var wait = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), at);
        if (wait >= TimeSpan.FromMilliseconds(1))
            await Task.Delay(wait, cancellationToken);
        else if (wait > TimeSpan.Zero)
            await Task.Yield();
    }

    private async Task<Observation> SendAsync(long due, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(_mix[Interlocked.Increment(ref _next)]);
        content.Headers.ContentType = s_json;
        try
        {
            using var answer = await _http.PostAsync(RequestMix.Path, content, cancellationToken);
            var body = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
            return new Observation(Stopwatch.GetElapsedTime(due).TotalMilliseconds, answer.IsSuccessStatusCode ? Level(body) : -1);
        }
        catch (Exception failed) when (failed is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return new Observation(Stopwatch.GetElapsedTime(due).TotalMilliseconds, -1);
        }
    }

    /// <summary>The client shares the cores with what it measures, so the answer is searched, not parsed.</summary>
    private static int Level(ReadOnlySpan<byte> body)
    {
        var name = "\"fallback_level\":"u8;
        var at = body.IndexOf(name);
        return at < 0 ? throw new InvalidDataException($"An answer without fallback_level: {Encoding.UTF8.GetString(body)}") : body[at + name.Length] - '0';
    }
}
