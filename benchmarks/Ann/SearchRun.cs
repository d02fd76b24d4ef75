using System.Diagnostics;
using Splitrail.Retrieval.Vectors;

namespace Splitrail.Benchmarks.Ann;

/// <summary>Queries one after the other on one thread: the best of several rounds, as the reference figures are.</summary>
/// <param name="P50Ms">Median by the wall clock.</param>
/// <param name="P99Ms">The slowest hundredth.</param>
/// <param name="PerSecond">Per second of the thread's time.</param>
/// <param name="WallPerSecond">Per second of the wall clock.</param>
internal readonly record struct SearchRun(double P50Ms, double P99Ms, double PerSecond, double WallPerSecond)
{
    public const int Neighbours = 10;
    private const int Rounds = 3;

    /// <param name="queries">Each is asked once a round.</param>
    /// <param name="search">Answers a query.</param>
    public static SearchRun Of(FloatRows queries, Search search)
    {
        var best = new Neighbour[Neighbours];
        // The first round compiles; it does not count.
        var run = Round(queries, search, best);
        for (var round = 0; round < Rounds; round++)
        {
            var next = Round(queries, search, best);
            run = round == 0
                ? next
                : new SearchRun(
                    Math.Min(run.P50Ms, next.P50Ms), Math.Min(run.P99Ms, next.P99Ms),
                    Math.Max(run.PerSecond, next.PerSecond), Math.Max(run.WallPerSecond, next.WallPerSecond));
        }

        return run;
    }

    /// <summary>Share of the true neighbours that a search finds.</summary>
    public static double Recall(FloatRows queries, int count, Search search, Search truth)
    {
        var (found, expected) = (new Neighbour[Neighbours], new Neighbour[Neighbours]);
        var hits = 0;
        for (var q = 0; q < count; q++)
        {
            search(queries[q], found);
            truth(queries[q], expected);
            foreach (var one in found)
                hits += Array.Exists(expected, other => other.Row == one.Row) ? 1 : 0;
        }

        return hits / (double)(count * Neighbours);
    }

    private static SearchRun Round(FloatRows queries, Search search, Neighbour[] best)
    {
        var times = new double[queries.Count];
        var (began, busy) = (Stopwatch.GetTimestamp(), ThreadClock.Seconds);
        for (var q = 0; q < times.Length; q++)
        {
            var started = Stopwatch.GetTimestamp();
            search(queries[q], best);
            times[q] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }

        var (wall, own) = (Stopwatch.GetElapsedTime(began).TotalSeconds, ThreadClock.Seconds - busy);
        Array.Sort(times);
        return new SearchRun(times[times.Length / 2], times[times.Length * 99 / 100], times.Length / own, times.Length / wall);
    }
}

/// <summary>Fills the ten best rows.</summary>
internal delegate void Search(ReadOnlySpan<float> query, Neighbour[] best);
