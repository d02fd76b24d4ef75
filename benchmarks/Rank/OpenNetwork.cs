using System.Diagnostics;
using Splitrail.RankingSvc.Onnx;

namespace Splitrail.Benchmarks.Rank;

/// <summary>A network opened in ONNX Runtime with rows to score.</summary>
internal sealed class OpenNetwork : IDisposable
{
    private const int Least = 50;
    private readonly OnnxSession _session;

    public OpenNetwork(byte[] model, int rows)
    {
        _session = OnnxSession.Open(OnnxRuntime.Shared, model);
        Buffer = _session.CreateBuffer(rows);
        var random = new Random(2);
        foreach (ref var value in Buffer.Rows)
            value = (random.NextSingle() * 2) - 1;
    }

    public ScoringBuffer Buffer { get; }

    /// <summary>Median microseconds of a run over a quarter of a second.</summary>
    public double Microseconds(int rows) => Median(() => _session.Run(Buffer, rows));

    /// <summary>Managed bytes of a run, on average of a thousand.</summary>
    public double AllocatedBytes(int rows)
    {
        const int runs = 1000;
        _session.Run(Buffer, rows);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var run = 0; run < runs; run++)
            _session.Run(Buffer, rows);
        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)runs;
    }

    public void Dispose()
    {
        Buffer.Dispose();
        _session.Dispose();
    }

    internal static double Median(Action run)
    {
        var times = new List<double>();
        for (var begun = Stopwatch.GetTimestamp(); times.Count < Least || Stopwatch.GetElapsedTime(begun).TotalSeconds < 0.25;)
        {
            var started = Stopwatch.GetTimestamp();
            run();
            times.Add(Stopwatch.GetElapsedTime(started).TotalMicroseconds);
        }

        times.Sort();
        return times[times.Count / 2];
    }
}
