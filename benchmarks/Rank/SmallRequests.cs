using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Splitrail.RankingSvc;
using Splitrail.RankingSvc.Batching;
using Splitrail.RankingSvc.Onnx;
using Splitrail.RankingSvc.Serving;

namespace Splitrail.Benchmarks.Rank;

/// <summary>Requests of 32 rows on one network, by the service's own path from a slot to its scores, with shared runs and without.</summary>
internal sealed class SmallRequests : IDisposable
{
    private const int Rows = 32;
    private const int Callers = 64;
    private static readonly TimeSpan s_round = TimeSpan.FromMilliseconds(600);
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly LoadedRanker _shared;
    private readonly LoadedRanker _alone;

    public SmallRequests(byte[] model)
    {
        var options = ScoringOptions.Default;
        _shared = Load(model, options);
        _alone = Load(model, options with { BatchRequests = 1 });
    }

    /// <summary>Requests per second with shared runs over those without, at saturation: the median of the rounds, each of which has both.</summary>
    public async Task<(double Ratio, double PerSecond)> SaturateAsync(int rounds)
    {
        await PerSecondAsync(_shared);
        await PerSecondAsync(_alone);
        var (ratios, best) = (new List<double>(), 0.0);
        for (var round = 0; round < rounds; round++)
        {
            var shared = await PerSecondAsync(_shared);
            ratios.Add(shared / await PerSecondAsync(_alone));
            best = Math.Max(best, shared);
        }

        ratios.Sort();
        return (ratios[ratios.Count / 2], best);
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

        shared.Sort();
        alone.Sort();
        return shared[shared.Count / 2] / alone[alone.Count / 2];
    }

    public void Dispose()
    {
        _shared.Dispose();
        _alone.Dispose();
        _services.Dispose();
    }

    private static async Task<double> PerSecondAsync(LoadedRanker ranker)
    {
        var started = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            var count = 0L;
            for (; Stopwatch.GetElapsedTime(started) < s_round; count++)
                await AskAsync(ranker);
            return count;
        })));
        return counts.Sum() / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task TimeAsync(LoadedRanker ranker, int calls, List<double> times)
    {
        for (var call = 0; call < calls; call++)
        {
            var started = Stopwatch.GetTimestamp();
            await AskAsync(ranker);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMicroseconds);
        }
    }

    private static async ValueTask AskAsync(LoadedRanker ranker)
    {
        var slot = await ranker.RentAsync(CancellationToken.None);
        await ranker.ScoreAsync(slot, Rows);
        ranker.Return(slot);
    }

    private LoadedRanker Load(byte[] model, ScoringOptions options) =>
        new(OnnxSession.Open(OnnxRuntime.Shared, model), options, new RankingMetrics(_services.GetRequiredService<IMeterFactory>()), TimeProvider.System);
}
