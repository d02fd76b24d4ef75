using Splitrail.ExperimentSvc.Inference;

namespace Splitrail.Benchmarks.Coverage;

/// <summary>Counts by buckets that grow by a factor.</summary>
internal sealed class LogHistogram
{
    private const double Growth = 1.02;
    private const int Middle = 400;

    private static readonly double s_perLog = 1 / Math.Log(Growth);

    private readonly long[] _counts = new long[2 * Middle];

    public void Add(double value) => _counts[Math.Clamp((int)Math.Floor(Math.Log(value) * s_perLog) + Middle, 0, _counts.Length - 1)]++;

    public IReadOnlyList<HistogramBucket> Buckets() =>
        [.. Enumerable.Range(0, _counts.Length).Where(i => _counts[i] > 0).Select(i => new HistogramBucket(Math.Pow(Growth, i - Middle), Math.Pow(Growth, i - Middle + 1), _counts[i]))];
}
