namespace Splitrail.Benchmarks.Autoscale;

/// <summary>Requests by latency in the buckets of the services' histograms, and their 99th percentile as Prometheus estimates it: linear within a bucket.</summary>
internal sealed class LatencyTally
{
    private static readonly double[] s_bounds = [0.0005, 0.001, 0.002, 0.003, 0.005, 0.0075, 0.01, 0.015, 0.02, 0.03, 0.04, 0.05, 0.065, 0.08, 0.1, 0.13, 0.2, 0.3, 0.5, 1];
    private readonly double[] _below = new double[s_bounds.Length];

    public double Count { get; private set; }

    public double Seconds { get; private set; }

    /// <summary>Adds requests whose queue wait is <paramref name="backlog"/> seconds plus an exponential time of rate <paramref name="own"/>, plus one of rate <paramref name="other"/>.</summary>
    public void Add(double requests, double backlog, double own, double other)
    {
        Count += requests;
        Seconds += requests * Math.Min(Tier.Deadline, backlog + (1 / own) + (1 / other));
        for (var i = 0; i < s_bounds.Length; i++)
            _below[i] += requests * (s_bounds[i] >= Tier.Deadline ? 1 : 1 - Later(s_bounds[i] - backlog, own, other));
    }

    public void Add(LatencyTally more)
    {
        Count += more.Count;
        Seconds += more.Seconds;
        for (var i = 0; i < _below.Length; i++)
            _below[i] += more._below[i];
    }

    public double P99()
    {
        var rank = 0.99 * Count;
        for (var i = 0; i < _below.Length; i++)
        {
            if (_below[i] < rank)
                continue;
            var (low, under) = i == 0 ? (0.0, 0.0) : (s_bounds[i - 1], _below[i - 1]);
            return low + ((s_bounds[i] - low) * (rank - under) / Math.Max(_below[i] - under, 1e-12));
        }

        return s_bounds[^1];
    }

    /// <summary>Probability that the sum of two exponential times exceeds <paramref name="seconds"/>.</summary>
    private static double Later(double seconds, double a, double b)
    {
        if (seconds <= 0)
            return 1;
        if (Math.Abs(a - b) < 1e-6 * b)
            return (1 + (a * seconds)) * Math.Exp(-a * seconds);
        return Math.Clamp(((b * Math.Exp(-a * seconds)) - (a * Math.Exp(-b * seconds))) / (b - a), 0, 1);
    }
}
