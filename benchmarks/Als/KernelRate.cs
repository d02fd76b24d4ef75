using System.Diagnostics;
using Splitrail.Retrieval;

namespace Splitrail.Benchmarks.Als;

/// <summary>Multiplications per second of one core in the dense kernel on numbers in its first cache: what this machine can do at best.</summary>
internal static unsafe class KernelRate
{
    private const int Size = 64;
    private const int Calls = 2000;

    public static double PerSecond()
    {
        var (p, q, c) = (new float[Size * Size], new float[Size * Size], new float[Size * Size]);
        var best = 0.0;
        fixed (float* pp = p, qp = q, cp = c)
            for (var round = 0; round < 20; round++)
            {
                var started = Stopwatch.GetTimestamp();
                for (var call = 0; call < Calls; call++)
                    DenseKernel.Accumulate(pp, Size, qp, Size, Size, cp, Size, Size, Size);
                best = Math.Max(best, (double)Calls * Size * Size * Size / Stopwatch.GetElapsedTime(started).TotalSeconds);
            }

        return best;
    }
}
