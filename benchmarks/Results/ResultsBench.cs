using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Splitrail.Benchmarks.Results;

/// <summary>How long the results of a large experiment take over HTTP, from the sums in the database on: nothing is kept between requests but the boundaries of its plan.</summary>
internal sealed class ResultsBench : IBench
{
    private const int WarmUp = 50;
    private const int Requests = 1000;
    private const string Path = "/v1/experiments/large/results";
    private static readonly ExperimentShape s_large = new("large", "bench", 1, 10_000_000, 4, 8, 6, 20_000);

    public string Name => "results";

    public string Summary => "the results of an experiment of 10 million users, 8 metrics, 4 arms and 6 epochs";

    public IReadOnlyDictionary<string, BenchTarget> Targets { get; } = new Dictionary<string, BenchTarget> { ["p99_ms"] = new(Max: 50) };

    public async Task<IReadOnlyDictionary<string, double>> RunAsync(BenchRequest request, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("splitrail-bench-").FullName;
        try
        {
            await using var service = await MeasuredService.StartAsync(folder, [], cancellationToken);
            await CountedExperiment.CreateLayerAsync(service.Http, s_large.Layer, cancellationToken);
            await new CountedExperiment(service.Http, service.Database, s_large, new Random((int)request.Seed)).CreateAsync(cancellationToken);
            return await MeasureAsync(service.Http, request, cancellationToken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<IReadOnlyDictionary<string, double>> MeasureAsync(HttpClient http, BenchRequest request, CancellationToken cancellationToken)
    {
        var (taken, bytes, before) = (new double[Requests], 0, TimeSpan.Zero);
        for (var i = -WarmUp; i < Requests; i++)
        {
            if (i == 0)
                before = Environment.CpuUsage.TotalTime;
            var started = Stopwatch.GetTimestamp();
            var body = await http.GetByteArrayAsync(Path, cancellationToken);
            if (i >= 0)
                taken[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            bytes = body.Length;
        }

        var cpu = Environment.CpuUsage.TotalTime - before;
        var results = JsonNode.Parse(await http.GetStringAsync(Path, cancellationToken))!;
        var findings = results["metrics"]!.AsArray().Sum(static metric => metric!["arms"]!.AsArray().Count(static arm => arm!["lift"] is not null));
        request.Progress($"{results["users"]} users, {results["sample_ratio"]!["epochs"]!.AsArray().Count} epochs, {findings} comparisons, {bytes} bytes: {results["conclusion"]!["sentence"]}");
        Array.Sort(taken);
        return new Dictionary<string, double>
        {
            ["p50_ms"] = taken[Requests / 2],
            ["p99_ms"] = taken[Requests * 99 / 100],
            ["max_ms"] = taken[^1],
            ["cpu_ms"] = cpu.TotalMilliseconds / Requests,
            ["users"] = (double)results["users"]!,
            ["comparisons"] = findings,
        };
    }
}
