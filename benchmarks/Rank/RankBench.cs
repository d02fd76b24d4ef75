using Splitrail.Benchmarks.Ann;
using Splitrail.Trainer.Ranker;

namespace Splitrail.Benchmarks.Rank;

/// <summary>What scoring costs: the small network (40-128-64-1), the wide one (256-512-256-128-1) in 32 and 8 bits, and requests that share runs.</summary>
internal sealed class RankBench : IBench
{
    private const int Candidates = 500;

    public string Name => "rank";

    public string Summary => "microseconds of ONNX Runtime for 500 candidates, 8 bits against 32, features, re-ranking, and throughput of requests that share runs";

    public IReadOnlyDictionary<string, BenchTarget> Targets { get; } = new Dictionary<string, BenchTarget>
    {
        ["small_fp32_us_500"] = new(Max: 110),
        ["features_and_rank_us_500"] = new(Max: 200),
        ["managed_bytes_per_run"] = new(Max: 0),
        ["wide_int8_speedup"] = new(Min: 2.5),
        ["wide_int8_over_plain_loop"] = new(Min: 5),
        ["batching_throughput_ratio"] = new(Min: 3),
        ["batching_low_load_p50_ratio"] = new(Max: 1.1),
        ["rank_rerank_p50_ms"] = new(Max: 0.4),
    };

    public IReadOnlyDictionary<string, BenchTarget> Checks { get; } = new Dictionary<string, BenchTarget>
    {
        ["managed_bytes_per_run"] = new(Max: 0),
        ["wide_int8_speedup"] = new(Min: 1.9),
        ["wide_int8_over_plain_loop"] = new(Min: 5),
        ["batching_throughput_ratio"] = new(Min: 0.8),
        ["batching_low_load_p50_ratio"] = new(Max: 1.3),
    };

    public async Task<IReadOnlyDictionary<string, double>> RunAsync(BenchRequest request, CancellationToken cancellationToken)
    {
        var figures = new Dictionary<string, double>();
        var (small, wide) = (RankNetworks.Random(40, 128, 64, 1), RankNetworks.Random(256, 512, 256, 128, 1));
        request.Progress("runs of 500 candidates");
        MeasureRuns(figures, RankNetworks.Full(small), RankNetworks.Full(wide), RankNetworks.Quantised(wide));
        figures["wide_int8_over_plain_loop"] = PlainMicroseconds(wide) / figures["wide_int8_us_500"];
        request.Progress("the columns of a request computed once");
        MeasureSplit(figures, wide);
        request.Progress("features and re-ranking");
        using (var scene = new RankScene())
            await scene.MeasureAsync(figures);
        request.Progress("requests that share runs");
        await MeasureSharingAsync(figures, "", RankNetworks.Full(wide), rows: 32);
        await MeasureSharingAsync(figures, "_int8", RankNetworks.Quantised(wide), rows: 32);
        await MeasureSharingAsync(figures, "_small", RankNetworks.Full(small), rows: 32);
        await MeasureSharingAsync(figures, "_4_rows", RankNetworks.Full(wide), rows: 4);
        figures["batching_and_int8_ratio"] = figures["requests_per_second_int8"] / figures["requests_per_second_alone"];
        return figures;
    }

    /// <summary>Interleaved, the best of five medians: what others do on the machine only adds.</summary>
    private static void MeasureRuns(Dictionary<string, double> figures, byte[] small, byte[] wide, byte[] wideQuantised)
    {
        using var first = new OpenNetwork(small, Candidates);
        using var second = new OpenNetwork(wide, Candidates);
        using var third = new OpenNetwork(wideQuantised, Candidates);
        (string Key, OpenNetwork Network, int Rows)[] cases =
        [
            ("small_fp32_us_500", first, Candidates), ("wide_fp32_us_500", second, Candidates), ("wide_int8_us_500", third, Candidates),
            ("wide_fp32_us_32", second, 32), ("wide_int8_us_32", third, 32), ("small_fp32_us_32", first, 32),
        ];
        for (var round = 0; round < 5; round++)
        {
            foreach (var (key, network, rows) in cases)
                figures[key] = Math.Min(figures.GetValueOrDefault(key, double.MaxValue), network.Microseconds(rows));
        }

        figures["managed_bytes_per_run"] = first.AllocatedBytes(Candidates);
        figures["wide_int8_speedup"] = figures["wide_fp32_us_500"] / figures["wide_int8_us_500"];
    }

    /// <summary>Half of the wide network's columns are the user's, computed once for the 32 rows of a request: what that saves, alone and where six requests share a run.</summary>
    private static void MeasureSplit(Dictionary<string, double> figures, Network wide)
    {
        const int rows = 32, requests = 6;
        using var whole = new OpenNetwork(RankNetworks.Full(wide), rows * requests);
        using var split = new OpenNetwork(new RankerModel(new SplitNetwork(wide, wide.Width / 2, rows)).ToOnnx(new Dictionary<string, string>()), rows * requests);
        (string Key, OpenNetwork Network, int Rows)[] cases =
        [
            ("wide_fp32_us_request_alone", whole, rows), ("wide_fp32_us_six_requests", whole, rows * requests),
            ("wide_split_us_request_alone", split, rows), ("wide_split_us_six_requests", split, rows * requests),
        ];
        for (var round = 0; round < 5; round++)
        {
            foreach (var (key, network, count) in cases)
                figures[key] = Math.Min(figures.GetValueOrDefault(key, double.MaxValue), network.Microseconds(count));
        }

        figures["wide_split_sharing_ratio"] = figures["wide_split_us_request_alone"] * requests / figures["wide_split_us_six_requests"];
        figures["wide_fp32_sharing_ratio"] = figures["wide_fp32_us_request_alone"] * requests / figures["wide_fp32_us_six_requests"];
    }

    /// <summary>On a core, for as many candidates: it takes long enough for others to come in between.</summary>
    private static double PlainMicroseconds(Network wide)
    {
        const int rows = 50;
        var random = new Random(2);
        float[] values = [.. Enumerable.Range(0, rows * wide.Width).Select(_ => (random.NextSingle() * 2) - 1)];
        var scores = new float[rows];
        var best = double.MaxValue;
        for (var round = 0; round < 60; round++)
        {
            var started = ThreadClock.Seconds;
            RankNetworks.PlainLoop(wide, values, scores);
            best = Math.Min(best, ThreadClock.Seconds - started);
        }

        return best * 1e6 * Candidates / rows;
    }

    private static async Task MeasureSharingAsync(Dictionary<string, double> figures, string suffix, byte[] model, int rows)
    {
        using var requests = new SmallRequests(model, rows);
        var load = await requests.SaturateAsync(rounds: 9);
        figures["batching_throughput_ratio" + suffix] = load.Ratio;
        figures["batching_core_time_ratio" + suffix] = load.CoreRatio;
        figures["requests_per_second" + suffix] = load.Shared.PerSecond;
        figures["requests_per_second_alone" + suffix] = load.Alone.PerSecond;
        figures["core_us_per_request" + suffix] = load.Shared.CoreMicroseconds;
        figures["core_us_per_request_alone" + suffix] = load.Alone.CoreMicroseconds;
        (figures["batching_over_plain_runtime_use_ratio" + suffix], figures["requests_per_second_plain_runtime_use" + suffix]) = await requests.OverPlainUseAsync(rounds: 5);
        figures["batching_low_load_p50_ratio" + suffix] = await requests.LowLoadRatioAsync();
    }
}
