using System.Diagnostics;

namespace Splitrail.Benchmarks.Assignment;

/// <summary>How fast a short piece of work is on one core, and what it allocates.</summary>
/// <param name="PerSecond">Median of the rounds.</param>
/// <param name="Bytes">Allocated per call, over all rounds.</param>
internal readonly record struct Pace(double PerSecond, double Bytes)
{
    private const int Rounds = 7;
    private const int CallsPerLook = 4096;
    private static readonly TimeSpan s_round = TimeSpan.FromSeconds(0.3);

    /// <param name="work">Gets the number of the call; what it returns keeps the work from being optimised away.</param>
    public static Pace Of(Func<int, long> work)
    {
        Round(work);
        Round(work);
        var rounds = new double[Rounds];
        var calls = 0L;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Rounds; i++)
        {
            (rounds[i], var done) = Round(work);
            calls += done;
        }

        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Array.Sort(rounds);
        return new Pace(rounds[Rounds / 2], bytes / (double)calls);
    }

    private static (double PerSecond, long Calls) Round(Func<int, long> work)
    {
        var (started, calls, sum) = (Stopwatch.GetTimestamp(), 0L, 0L);
        while (Stopwatch.GetElapsedTime(started) < s_round)
        {
            for (var i = 0; i < CallsPerLook; i++)
                sum += work(i);
            calls += CallsPerLook;
        }

        var elapsed = Stopwatch.GetElapsedTime(started);
        GC.KeepAlive(sum);
        return (calls / elapsed.TotalSeconds, calls);
    }
}
