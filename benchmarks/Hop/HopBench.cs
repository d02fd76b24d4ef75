using System.Diagnostics;
using System.Net;
using Splitrail.Contracts;
using Splitrail.Local.Daprd;

namespace Splitrail.Benchmarks.Hop;

/// <summary>
/// What a sidecar adds to a call: the same small JSON body posted to an app directly, through the embedded sidecar, which is a process of its own, and through two real
/// daprd where there is one, each with its folder's policies. One connection gives the latency, sixteen give throughput and processor time per call. Then the number of
/// calls in a recommendation, and how much of its latency they add.
/// </summary>
internal sealed class HopBench : IBench
{
    private const int Connections = 16;
    private const string Path = "/v1/rank";
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Measuring = TimeSpan.FromSeconds(6);
    private static readonly byte[] Body = """{"user":"u-123456","items":[1,2,3]}"""u8.ToArray();

    public string Name => "hop";

    public string Summary => "what one call costs directly, through the embedded sidecar and through daprd; calls in a recommendation";

    public IReadOnlyDictionary<string, BenchTarget> Targets { get; } = new Dictionary<string, BenchTarget> { ["embedded_cpu_ms"] = new(Max: 0.3) };

    public async Task<IReadOnlyDictionary<string, double>> RunAsync(BenchRequest request, CancellationToken cancellationToken)
    {
        await using var app = await EchoApp.StartAsync();
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = Connections });
        var figures = new Dictionary<string, double>();
        using var own = Process.GetCurrentProcess();
        // Directly: caller and app together, which share this process. Otherwise: the sidecars alone.
        await MeasureAsync(request, http, figures, "direct", new Uri(app.Address, Path), () => TimeOf(own), cancellationToken);
        using (var sidecar = await HopSidecar.StartAsync(AppIds.Ranking, app.Address.Port, cancellationToken))
            await MeasureAsync(request, http, figures, "embedded", Through(sidecar.Address), () => TimeOf(sidecar.Process), cancellationToken);
        if (DaprdProgram.Find() is { } program)
        {
            using var daprd = await DaprdHop.StartAsync(program, AppIds.Ranking, app.Address.Port, cancellationToken);
            await MeasureAsync(request, http, figures, "daprd", Through(daprd.Address), () => daprd.ProcessorTime, cancellationToken);
        }
        else
        {
            request.Progress($"daprd was found neither by {DaprdProgram.Variable} nor on PATH: its figures are left out");
        }

        request.Progress("a recommendation");
        var (hops, p50) = await RecommendationHops.MeasureAsync(request, cancellationToken);
        figures["hops_per_recommendation"] = hops;
        figures["recommendation_p50_ms"] = p50;
        figures["hops_share_of_latency"] = hops * (figures["embedded_p50_ms"] - figures["direct_p50_ms"]) / p50;
        return figures;
    }

    private static Uri Through(Uri sidecar) => new(sidecar, $"/v1.0/invoke/{AppIds.Ranking}/method{Path}");

    private static TimeSpan TimeOf(Process process)
    {
        process.Refresh();
        return process.TotalProcessorTime;
    }

    private static async Task MeasureAsync(
        BenchRequest request, HttpClient http, Dictionary<string, double> figures, string name, Uri target, Func<TimeSpan> processorTime, CancellationToken cancellationToken)
    {
        request.Progress($"{name}: {target}");
        await LoadAsync(http, target, Connections, WarmUp, cancellationToken);
        var single = await LoadAsync(http, target, 1, Measuring, cancellationToken);
        var before = processorTime();
        var many = await LoadAsync(http, target, Connections, Measuring, cancellationToken);
        figures[name + "_p50_ms"] = single.QuantileMs(0.50);
        figures[name + "_p99_ms"] = single.QuantileMs(0.99);
        figures[name + "_rps"] = many.Count / Measuring.TotalSeconds;
        figures[name + "_cpu_ms"] = (processorTime() - before).TotalMilliseconds / many.Count;
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
