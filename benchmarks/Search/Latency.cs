using System.Diagnostics;
using Splitrail.Benchmarks.Ann;

namespace Splitrail.Benchmarks.Search;

/// <summary>Queries one after the other on one thread, the best of three rounds after one that compiles.</summary>
/// <param name="P50Ms">By the wall clock.</param>
/// <param name="P99Ms">The slowest hundredth.</param>
/// <param name="PerCoreSecond">Queries per second of the thread's own time.</param>
internal readonly record struct Latency(double P50Ms, double P99Ms, double PerCoreSecond)
{
    private const int Rounds = 3;

    public static Latency Of(string[] queries, Action<string> search)
    {
        Round(queries, search);
        var best = Round(queries, search);
        for (var round = 1; round < Rounds; round++)
        {
            var next = Round(queries, search);
            best = new Latency(Math.Min(best.P50Ms, next.P50Ms), Math.Min(best.P99Ms, next.P99Ms), Math.Max(best.PerCoreSecond, next.PerCoreSecond));
        }

        return best;
    }

    private static Latency Round(string[] queries, Action<string> search)
    {
        var times = new double[queries.Length];
        var busy = ThreadClock.Seconds;
        for (var q = 0; q < times.Length; q++)
        {
            var started = Stopwatch.GetTimestamp();
            search(queries[q]);
            times[q] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }

        var own = ThreadClock.Seconds - busy;
        Array.Sort(times);
        return new Latency(times[times.Length / 2], times[times.Length * 99 / 100], times.Length / own);
    }
}
