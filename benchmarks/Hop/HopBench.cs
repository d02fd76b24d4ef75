using System.Diagnostics;
using System.Net;
using Splitrail.Contracts;

namespace Splitrail.Benchmarks.Hop;

/// <summary>
/// What the embedded sidecar adds to a call: the same small JSON body posted to an app directly and through a sidecar that is a process of its own, with the
/// policies of dapr-components/local. One connection gives the latency, sixteen give throughput and processor time per call.
/// </summary>
internal sealed class HopBench : IBench
{
    private const int Connections = 16;
    private const string Path = "/v1/rank";
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Measuring = TimeSpan.FromSeconds(6);
    private static readonly byte[] Body = """{"user":"u-123456","items":[1,2,3]}"""u8.ToArray();

    public string Name => "hop";

    public string Summary => "what one call costs directly and through the embedded sidecar: latency, calls/s, processor time";

    public IReadOnlyDictionary<string, BenchTarget> Targets { get; } = new Dictionary<string, BenchTarget> { ["embedded_cpu_ms"] = new(Max: 0.3) };

    public async Task<IReadOnlyDictionary<string, double>> RunAsync(BenchRequest request, CancellationToken cancellationToken)
    {
        await using var app = await EchoApp.StartAsync();
        using var sidecar = await HopSidecar.StartAsync(AppIds.Ranking, app.Address.Port, cancellationToken);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = Connections });
        var figures = new Dictionary<string, double>();
        var targets = new[]
        {
            ("direct", new Uri(app.Address, Path), Process.GetCurrentProcess()),
            ("embedded", new Uri(sidecar.Address, $"/v1.0/invoke/{AppIds.Ranking}/method{Path}"), sidecar.Process),
        };
        foreach (var (name, target, payer) in targets)
        {
            request.Progress($"{name}: {target}");
            await LoadAsync(http, target, Connections, WarmUp, cancellationToken);
            var single = await LoadAsync(http, target, 1, Measuring, cancellationToken);
            payer.Refresh();
            var before = payer.TotalProcessorTime;
            var many = await LoadAsync(http, target, Connections, Measuring, cancellationToken);
            payer.Refresh();
            figures[name + "_p50_ms"] = single.QuantileMs(0.50);
            figures[name + "_p99_ms"] = single.QuantileMs(0.99);
            figures[name + "_rps"] = many.Count / Measuring.TotalSeconds;
            // Directly: caller and app together, which share this process. Embedded: the sidecar alone.
            figures[name + "_cpu_ms"] = (payer.TotalProcessorTime - before).TotalMilliseconds / many.Count;
        }

        return figures;
    }

    private static async Task<Latencies> LoadAsync(HttpClient http, Uri target, int connections, TimeSpan duration, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var all = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(
            async () =>
            {
                List<double> taken = new(1 << 16);
                while (Stopwatch.GetElapsedTime(started) < duration)
                {
                    var sent = Stopwatch.GetTimestamp();
                    using var message = new HttpRequestMessage(HttpMethod.Post, target) { Content = new ByteArrayContent(Body) };
                    message.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
                    using var answer = await http.SendAsync(message, cancellationToken);
                    if (answer.StatusCode != HttpStatusCode.OK)
                        throw new InvalidOperationException($"{target} answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
                    taken.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
                }

                return taken;
            },
            cancellationToken)));
        return new Latencies([.. all.SelectMany(taken => taken).Order()]);
    }

    private sealed record Latencies(double[] Sorted)
    {
        public int Count => Sorted.Length;

        public double QuantileMs(double quantile) => Sorted[Math.Min(Sorted.Length - 1, (int)(quantile * Sorted.Length))];
    }
}
