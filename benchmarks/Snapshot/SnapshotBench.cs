using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Splitrail.Contracts;
using Splitrail.Local;

namespace Splitrail.Benchmarks.Snapshot;

/// <summary>
/// How long after a split was saved its version is served: the whole suite with five gateways in this process, 200 recommendations per second spread over
/// them, one edit after the other through the API. A gateway has the version when an answer of it names it; an edit has arrived when all five have.
/// </summary>
internal sealed class SnapshotBench : IBench
{
    private const int Gateways = 5;
    private const int PerSecond = 200;
    private const int Edits = 100;
    private const string Experiment = "/v1/experiments/new-items";
    private static readonly TimeSpan s_ready = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(30);

    public string Name => "snapshot";

    public string Summary => "from a saved edit of a split to its version served by five gateways, at 200 requests/s";

    public IReadOnlyDictionary<string, BenchTarget> Targets { get; } = new Dictionary<string, BenchTarget>
    {
        ["propagation_p99_ms"] = new(Max: 1000),
        ["failed_requests"] = new(Max: 0),
    };

    public async Task<IReadOnlyDictionary<string, double>> RunAsync(BenchRequest request, CancellationToken cancellationToken)
    {
        var state = Directory.CreateTempSubdirectory("splitrail-bench-").FullName;
        try
        {
            await using var suite = new InProcessSuite(Options(request.StateDirectory, state));
            await suite.StartAsync(cancellationToken);
            using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(10) };
            await SuiteReadiness.WaitAsync(suite.Layout, http, s_ready, request.Progress, cancellationToken);
            Uri[] gateways = [.. suite.Layout.Apps.Where(static app => app.AppId == AppIds.Gateway).Select(static app => app.Address)];
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var watch = new ServedVersions(gateways);
            var load = Task.Run(() => watch.LoadAsync(http, PerSecond, ended.Token), cancellationToken);
            await Task.Delay(s_warmUp, cancellationToken);
            var failedBefore = watch.Failed;
            var (saved, arrived) = await EditAsync(http, gateways[0], watch, request, cancellationToken);
            await ended.CancelAsync();
            await load;
            return new Dictionary<string, double>
            {
                ["propagation_p50_ms"] = Quantile(arrived, 0.50),
                ["propagation_p99_ms"] = Quantile(arrived, 0.99),
                ["propagation_max_ms"] = arrived.Max(),
                ["save_p50_ms"] = Quantile(saved, 0.50),
                ["save_p99_ms"] = Quantile(saved, 0.99),
                ["edits"] = Edits,
                ["requests_per_second"] = watch.PerSecond,
                ["failed_requests"] = watch.Failed - failedBefore,
            };
        }
        finally
        {
            Directory.Delete(state, recursive: true);
        }
    }

    private static SuiteOptions Options(string prepared, string state) => PreparedShop.Suite(prepared, state) with
    {
        Replicas = new Dictionary<string, int> { [AppIds.Gateway] = Gateways },
    };

    /// <returns>Milliseconds of saving, and from the answer to the save until all gateways served it.</returns>
    private static async Task<(List<double> Saved, List<double> Arrived)> EditAsync(
        HttpClient http, Uri gateway, ServedVersions watch, BenchRequest request, CancellationToken cancellationToken)
    {
        var random = new Random((int)request.Seed);
        var (saved, arrived) = (new List<double>(), new List<double>());
        using var held = await http.GetAsync(new Uri(gateway, Experiment), cancellationToken);
        var tag = held.EnsureSuccessStatusCode().Headers.ETag!;
        for (var edit = 0; edit < Edits; edit++)
        {
            // Edits fall anywhere between two polls.
            await Task.Delay(random.Next(500), cancellationToken);
            var started = Stopwatch.GetTimestamp();
            (tag, var version) = await SaveAsync(http, gateway, tag, random.Next(1, 100), cancellationToken);
            var answered = Stopwatch.GetTimestamp();
            saved.Add(Stopwatch.GetElapsedTime(started, answered).TotalMilliseconds);
            var last = await watch.ServedByAllAsync(version).WaitAsync(s_longest, cancellationToken);
            arrived.Add(Math.Max(0, Stopwatch.GetElapsedTime(answered, last).TotalMilliseconds));
            if (edit % 20 == 19)
                request.Progress($"{edit + 1} edits");
        }

        return (saved, arrived);
    }

    private static async Task<(EntityTagHeaderValue Tag, long Version)> SaveAsync(
        HttpClient http, Uri gateway, EntityTagHeaderValue tag, int control, CancellationToken cancellationToken)
    {
        var body = $$"""
            {"id":"new-items","layer":"candidates","hypothesis":"New items sell.","owner":"bench","arms":[
             {"id":"control","control":true,"share":{{control / 100m}}},
             {"id":"explore","share":{{1 - (control / 100m)}},"parameters":{"mix":"explore"} } ]}
            """;
        using var put = new HttpRequestMessage(HttpMethod.Put, new Uri(gateway, Experiment)) { Content = new StringContent(body, new MediaTypeHeaderValue("application/json")) };
        put.Headers.IfMatch.Add(tag);
        using var answer = await http.SendAsync(put, cancellationToken);
        var text = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"The edit was refused: {text}");
        return (answer.Headers.ETag!, text.GetProperty("snapshot_version").GetInt64());
    }

    private static double Quantile(List<double> values, double q) => values.Order().ElementAt(Math.Clamp((int)Math.Ceiling(q * values.Count) - 1, 0, values.Count - 1));
}
