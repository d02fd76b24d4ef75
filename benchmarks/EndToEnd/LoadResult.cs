namespace Splitrail.Benchmarks.EndToEnd;

/// <summary>What one stretch of load saw. Latencies in milliseconds.</summary>
internal sealed class LoadResult(IEnumerable<Observation> observations, TimeSpan took)
{
    private readonly Observation[] _all = [.. observations.OrderBy(static one => one.Ms)];

    public int Count => _all.Length;

    public double PerSecond => _all.Length / took.TotalSeconds;

    public int Failed => _all.Count(static one => one.Level < 0);

    public double Level0Share => _all.Length == 0 ? 0 : _all.Count(static one => one.Level == 0) / (double)_all.Length;

    /// <summary>The smallest latency that at least the share <paramref name="q"/> of the requests did not exceed.</summary>
    public double QuantileMs(double q) => _all.Length == 0 ? 0 : _all[Math.Clamp((int)Math.Ceiling(q * _all.Length) - 1, 0, _all.Length - 1)].Ms;
}

/// <param name="Ms">From the moment the request was due to its last byte.</param>
/// <param name="Level">The answer's fallback level; -1 when it was no 200.</param>
internal readonly record struct Observation(double Ms, int Level);
