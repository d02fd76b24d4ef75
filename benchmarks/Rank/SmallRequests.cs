using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Splitrail.RankingSvc;
using Splitrail.RankingSvc.Batching;
using Splitrail.RankingSvc.Onnx;
using Splitrail.RankingSvc.Serving;

namespace Splitrail.Benchmarks.Rank;

/// <summary>Requests of few rows on one network, by the service's own path from a slot to its scores, with shared runs and without.</summary>
internal sealed class SmallRequests : IDisposable
{
    private const int Callers = 64;
    private static readonly TimeSpan s_round = TimeSpan.FromMilliseconds(600);
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly int _rows;
    private readonly LoadedRanker _shared;
    private readonly LoadedRanker _alone;
    private readonly LoadedRanker _plain;

    public SmallRequests(byte[] model, int rows)
    {
        _rows = rows;
        var options = ScoringOptions.Default;
        _shared = Open(OnnxSession.Open(OnnxRuntime.Shared, model), options);
        _alone = Open(OnnxSession.Open(OnnxRuntime.Shared, model), options with { BatchRequests = 1 });
        _plain = Open(OnnxSession.OpenAsItComes(OnnxRuntime.Shared, model), options with { BatchRequests = 1 });
    }

    /// <summary>At saturation, in rounds that have both ways: the medians of what a request takes.</summary>
    public async Task<Load> SaturateAsync(int rounds)
    {
        await MeasureAsync(_shared);
        await MeasureAsync(_alone);
        var (shared, alone) = (new List<Pace>(), new List<Pace>());
        for (var round = 0; round < rounds; round++)
        {
            shared.Add(await MeasureAsync(_shared));
            alone.Add(await MeasureAsync(_alone));
        }

        return new Load(
            Median(shared.Zip(alone, static (with, without) => with.PerSecond / without.PerSecond)),
            Median(shared.Zip(alone, static (with, without) => without.CoreMicroseconds / with.CoreMicroseconds)),
            new Pace(Median(shared.Select(static pace => pace.PerSecond)), Median(shared.Select(static pace => pace.CoreMicroseconds))),
            new Pace(Median(alone.Select(static pace => pace.PerSecond)), Median(alone.Select(static pace => pace.CoreMicroseconds))));
    }

    /// <summary>Requests per second with shared runs over those of a session as ONNX Runtime opens it by itself, which every caller runs on its own: the way of services without batching.</summary>
    public async Task<(double Ratio, double PerSecond)> OverPlainUseAsync(int rounds)
    {
        await MeasureAsync(_plain);
        var (shared, plain) = (new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            shared.Add((await MeasureAsync(_shared)).PerSecond);
            plain.Add((await MeasureAsync(_plain)).PerSecond);
        }

        return (Median(shared.Zip(plain, static (with, without) => with / without)), Median(plain));
    }

    /// <summary>Median time of a request that comes alone, with shared runs over without: 1 when an idle service waits for nobody.</summary>
    public async Task<double> LowLoadRatioAsync()
    {
        const int blocks = 60, calls = 50;
        var (shared, alone) = (new List<double>(), new List<double>());
        for (var block = 0; block < blocks; block++)
        {
            await TimeAsync(_shared, calls, shared);
            await TimeAsync(_alone, calls, alone);
        }

        return Median(shared) / Median(alone);
    }

    public void Dispose()
    {
        _shared.Dispose();
        _alone.Dispose();
        _plain.Dispose();
        _services.Dispose();
    }

    private async Task<Pace> MeasureAsync(LoadedRanker ranker)
    {
        var (started, cores) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var counts = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            var count = 0L;
            for (; Stopwatch.GetElapsedTime(started) < s_round; count++)
                await AskAsync(ranker);
            return count;
        })));
        var busy = (Environment.CpuUsage.TotalTime - cores).TotalMicroseconds;
        return new Pace(counts.Sum() / Stopwatch.GetElapsedTime(started).TotalSeconds, busy / counts.Sum());
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(values.Count() / 2);

    private async Task TimeAsync(LoadedRanker ranker, int calls, List<double> times)
    {
        for (var call = 0; call < calls; call++)
        {
            var started = Stopwatch.GetTimestamp();
            await AskAsync(ranker);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMicroseconds);
        }
    }

    private async ValueTask AskAsync(LoadedRanker ranker)
    {
        var slot = await ranker.RentAsync(CancellationToken.None);
        await ranker.ScoreAsync(slot, _rows);
        ranker.Return(slot);
    }

    private LoadedRanker Open(OnnxSession session, ScoringOptions options) =>
        new(session, options, new RankingMetrics(_services.GetRequiredService<IMeterFactory>()), TimeProvider.System);

    /// <param name="PerSecond">Requests.</param>
    /// <param name="CoreMicroseconds">On a core, per request: what others on the machine take is not in it.</param>
    internal readonly record struct Pace(double PerSecond, double CoreMicroseconds);

    /// <param name="Ratio">Requests per second with shared runs over those without.</param>
    /// <param name="CoreRatio">Time on cores without over with.</param>
    /// <param name="Shared">With.</param>
    /// <param name="Alone">Without.</param>
    internal readonly record struct Load(double Ratio, double CoreRatio, Pace Shared, Pace Alone);
}
