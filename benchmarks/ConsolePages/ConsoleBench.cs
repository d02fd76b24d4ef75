using System.Diagnostics;
using Splitrail.Benchmarks.Results;

namespace Splitrail.Benchmarks.ConsolePages;

/// <summary>How long the console's pages take with 200 running experiments, over HTTP, one after another.</summary>
internal sealed class ConsoleBench : IBench
{
    private const string Link = "a-link-that-signs-in-for-the-bench";
    private const int Experiments = 200;
    private const int Layers = 10;
    private const int Rounds = 40;
    private const int Visits = 8;
    private static readonly TimeSpan s_forgotten = TimeSpan.FromSeconds(5.5);

    private static readonly (string Key, string Path)[] s_pages =
    [
        ("overview", "/console"), ("list", "/console/experiments"), ("experiment", "/console/experiments/e-7"), ("results", "/console/experiments/e-7/results"), ("form", "/console/experiments/e-7/edit"),
        ("layers", "/console/layers"),
    ];

    public string Name => "console";

    public string Summary => "the console's pages with 200 running experiments";

    public IReadOnlyDictionary<string, BenchTarget> Targets { get; } = new Dictionary<string, BenchTarget>
    {
        ["overview_anew_ms"] = new(Max: 200), ["slowest_p99_ms"] = new(Max: 200), ["largest_kb"] = new(Max: 300),
    };

    /// <summary>Only what does not depend on the machine.</summary>
    public IReadOnlyDictionary<string, BenchTarget> Checks { get; } = new Dictionary<string, BenchTarget> { ["largest_kb"] = new(Max: 300) };

    public async Task<IReadOnlyDictionary<string, double>> RunAsync(BenchRequest request, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("splitrail-bench-").FullName;
        try
        {
            await using var service = await MeasuredService.StartAsync(folder, [$"--ExperimentSvc:Console:LinkToken={Link}"], cancellationToken);
            await FillAsync(service, request, cancellationToken);
            (await service.Http.GetAsync($"/console/sign-in/link/{Link}", cancellationToken)).EnsureSuccessStatusCode();
            return await MeasureAsync(service.Http, request, cancellationToken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task FillAsync(MeasuredService service, BenchRequest request, CancellationToken cancellationToken)
    {
        var random = new Random((int)request.Seed);
        for (var layer = 0; layer < Layers; layer++)
            await CountedExperiment.CreateLayerAsync(service.Http, $"layer-{layer}", cancellationToken);
        for (var i = 0; i < Experiments; i++)
        {
            var shape = new ExperimentShape($"e-{i}", $"layer-{i % Layers}", (double)Layers / Experiments, 40_000, 2, 4, 2, 500);
            await new CountedExperiment(service.Http, service.Database, shape, random).CreateAsync(cancellationToken);
            if (i % 20 == 19)
                request.Progress($"{i + 1} of {Experiments} experiments run");
        }
    }

    private static async Task<IReadOnlyDictionary<string, double>> MeasureAsync(HttpClient http, BenchRequest request, CancellationToken cancellationToken)
    {
        var figures = new Dictionary<string, double> { ["overview_anew_ms"] = await OpenAnewAsync(http, request, cancellationToken) };
        var (slowest, largest) = (0.0, 0);
        foreach (var (key, path) in s_pages)
        {
            var taken = new double[Rounds];
            var bytes = 0;
            await OpenAsync(http, path, cancellationToken);
            for (var i = 0; i < Rounds; i++)
                (taken[i], bytes) = await OpenAsync(http, path, cancellationToken);
            Array.Sort(taken);
            figures[$"{key}_p50_ms"] = taken[Rounds / 2];
            figures[$"{key}_kb"] = bytes / 1000.0;
            (slowest, largest) = (Math.Max(slowest, taken[Rounds * 99 / 100]), Math.Max(largest, bytes));
            request.Progress($"{path}: p50 {taken[Rounds / 2]:0.0} ms, {bytes:N0} bytes");
        }

        figures["slowest_p99_ms"] = slowest;
        figures["largest_kb"] = largest / 1000.0;
        return figures;
    }

    /// <summary>The slowest of some visits of the overview so far apart that nothing is kept from one to the next; the first one only compiles.</summary>
    private static async Task<double> OpenAnewAsync(HttpClient http, BenchRequest request, CancellationToken cancellationToken)
    {
        var slowest = 0.0;
        for (var i = -1; i < Visits; i++)
        {
            await Task.Delay(s_forgotten, cancellationToken);
            var taken = (await OpenAsync(http, "/console", cancellationToken)).Milliseconds;
            request.Progress($"/console with nothing kept: {taken:0.0} ms");
            slowest = i < 0 ? 0 : Math.Max(slowest, taken);
        }

        return slowest;
    }

    private static async Task<(double Milliseconds, int Bytes)> OpenAsync(HttpClient http, string path, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        using var answer = await http.GetAsync(path, cancellationToken);
        var body = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        var taken = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        // A page that asks to sign in would be quick and small.
        if (!answer.IsSuccessStatusCode || answer.RequestMessage!.RequestUri!.AbsolutePath != path)
            throw new InvalidOperationException($"{path} answered {(int)answer.StatusCode} at {answer.RequestMessage!.RequestUri}");
        return (taken, body.Length);
    }
}
