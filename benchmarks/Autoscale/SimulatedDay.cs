namespace Splitrail.Benchmarks.Autoscale;

/// <summary>One tier, one autoscaler, one day of traffic, second by second.</summary>
internal sealed class SimulatedDay(Tier tier, ScalingSettings settings, double[] traffic)
{
    /// <summary>Prometheus's window; the same age has what the autoscaler reads on average, with the time between two readings.</summary>
    private const int Window = 60;

    /// <summary>Reading, recording and the adapter's own rounds.</summary>
    private const int Delay = 20;
    private const int FlapSeconds = 600;
    private const int Sample = 5;

    private readonly HorizontalAutoscaler _autoscaler = new(settings, tier.Least, tier.Most);
    private readonly Queue<int> _starting = new();
    private readonly List<Slice> _slices = [];
    private double _backlog;
    private int _ready = Math.Clamp((int)(traffic[0] * tier.WorkSeconds / 0.5), tier.Least, tier.Most);

    public DayCost Run()
    {
        var (breaches, podSeconds, flaps) = (0, 0L, 0);
        (int At, int Sign) last = (-FlapSeconds, 0);
        for (var second = 0; second < traffic.Length; second += Sample)
        {
            while (_starting.TryPeek(out var at) && at <= second)
            {
                _starting.Dequeue();
                _ready++;
            }

            Serve(second);
            podSeconds += Sample * (_ready + _starting.Count);
            if (second % HorizontalAutoscaler.SyncSeconds == 0 && second > Window + Delay && Scale(second) is not 0 and var change)
            {
                if (Math.Sign(change) != last.Sign && second - last.At < FlapSeconds)
                    flaps++;
                last = (second, Math.Sign(change));
            }

            if (second % 60 == 0 && second > 0 && Over(second - 60, second).P99() > tier.Target)
                breaches++;
        }

        return new DayCost(breaches, podSeconds / 3600.0, flaps);
    }

    private void Serve(int second)
    {
        var capacity = 1 / tier.WorkSeconds;
        var arriving = traffic[second] / _ready;
        // What does not fit waits; who would wait longer than the deadline is answered by a fallback and is no work any more.
        _backlog = Math.Clamp(_backlog + ((arriving - capacity) * Sample), 0, Tier.Deadline * capacity);
        var tally = new LatencyTally();
        tally.Add(traffic[second] * Sample, _backlog / capacity, Math.Max(capacity - arriving, 1 / Tier.Deadline), 1 / tier.OtherSeconds);
        _slices.Add(new Slice(second, tally, Math.Min(arriving, capacity) * tier.WorkSeconds, _ready));
    }

    private int Scale(int second)
    {
        var replicas = _ready + _starting.Count;
        var (from, to) = (second - Delay - Window, second - Delay);
        var seen = _slices.Where(slice => slice.At >= from && slice.At < to).ToArray();
        var tally = Over(from, to);
        var metrics = new ScalingMetrics(tally.Seconds / Window / seen.Average(static slice => slice.Ready), seen.Average(static slice => slice.Cpu), tally.P99());
        var next = _autoscaler.Decide(second, replicas, _ready, metrics);
        for (var added = replicas; added < next; added++)
            _starting.Enqueue(second + Tier.StartSeconds);
        // Those that start are taken away first, as Kubernetes does.
        for (var gone = replicas; gone > next; gone--)
        {
            if (_starting.Count > 0)
                _starting.Dequeue();
            else
                _ready--;
        }

        return next - replicas;
    }

    private LatencyTally Over(int from, int to)
    {
        _slices.RemoveAll(slice => slice.At < from - 60);
        var tally = new LatencyTally();
        foreach (var slice in _slices)
        {
            if (slice.At >= from && slice.At < to)
                tally.Add(slice.Tally);
        }

        return tally;
    }

    private sealed record Slice(int At, LatencyTally Tally, double Cpu, int Ready);
}

/// <param name="BreachMinutes">Minutes in which the 99th percentile was above the target.</param>
/// <param name="PodHours">Replicas over the day, those that start included.</param>
/// <param name="Flaps">Changes of direction within ten minutes.</param>
internal readonly record struct DayCost(double BreachMinutes, double PodHours, double Flaps)
{
    /// <summary>
    /// One number to choose by: a minute of breaches is as bad as four hours of a replica (at 5,000 requests per second it is 300,000 people who wait), a flap as half of one: replicas that go and come again start cold.
    /// </summary>
    public double Total => PodHours + (4 * BreachMinutes) + (0.5 * Flaps);

    public static DayCost operator +(DayCost a, DayCost b) => new(a.BreachMinutes + b.BreachMinutes, a.PodHours + b.PodHours, a.Flaps + b.Flaps);

    public static DayCost operator /(DayCost a, double days) => new(a.BreachMinutes / days, a.PodHours / days, a.Flaps / days);
}
