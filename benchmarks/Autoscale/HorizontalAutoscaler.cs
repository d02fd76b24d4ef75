namespace Splitrail.Benchmarks.Autoscale;

/// <summary>
/// The algorithm of Kubernetes' HorizontalPodAutoscaler (autoscaling/v2): ratio to target with a tolerance, replicas that are not ready counted as idle when that scales up, the largest of the
/// metrics, stabilization windows, and policies over what was added and taken away in their period.
/// </summary>
internal sealed class HorizontalAutoscaler(ScalingSettings settings, int least, int most)
{
    /// <summary>The controller's default.</summary>
    public const int SyncSeconds = 15;
    private const double Tolerance = 0.1;
    private const int PolicySeconds = 60;
    private readonly List<(int At, int Wanted)> _wanted = [];
    private readonly List<(int At, int Change)> _changes = [];

    /// <summary>How many replicas there should be.</summary>
    /// <param name="now">Seconds.</param>
    /// <param name="replicas">That exist.</param>
    /// <param name="ready">Of them, those that take requests.</param>
    /// <param name="seen">What Prometheus and metrics-server say, averaged over ready replicas.</param>
    public int Decide(int now, int replicas, int ready, ScalingMetrics seen)
    {
        var wanted = 0;
        if (settings.InFlight > 0)
            wanted = Math.Max(wanted, ByAverage(replicas, ready, seen.InFlight / settings.InFlight));
        if (settings.Cpu > 0)
            wanted = Math.Max(wanted, ByAverage(replicas, ready, seen.Cpu / settings.Cpu));
        if (settings.P99 > 0)
            wanted = Math.Max(wanted, ByValue(replicas, ready, seen.P99 / settings.P99));
        wanted = Math.Clamp(wanted, least, most);
        var next = Limited(now, replicas, Stabilized(now, replicas, wanted));
        if (next != replicas)
            _changes.Add((now, next - replicas));
        return next;
    }

    private static int ByAverage(int replicas, int ready, double ratio)
    {
        if (Math.Abs(ratio - 1) <= Tolerance)
            return replicas;
        if (ratio < 1 || ready == replicas)
            return (int)Math.Ceiling(ratio * ready);
        // Those that start may be enough: they count as idle.
        var withIdle = ratio * ready / replicas;
        return withIdle <= 1 + Tolerance ? replicas : (int)Math.Ceiling(withIdle * replicas);
    }

    private static int ByValue(int replicas, int ready, double ratio) => Math.Abs(ratio - 1) <= Tolerance ? replicas : (int)Math.Ceiling(ratio * ready);

    private int Stabilized(int now, int replicas, int wanted)
    {
        _wanted.Add((now, wanted));
        _wanted.RemoveAll(one => now - one.At > Math.Max(settings.UpWindow, settings.DownWindow));
        var up = _wanted.Where(one => now - one.At <= settings.UpWindow).Min(static one => one.Wanted);
        var down = _wanted.Where(one => now - one.At <= settings.DownWindow).Max(static one => one.Wanted);
        return replicas < up ? up : replicas > down ? down : replicas;
    }

    private int Limited(int now, int replicas, int wanted)
    {
        _changes.RemoveAll(change => now - change.At >= PolicySeconds);
        if (wanted > replicas)
        {
            var before = replicas - _changes.Where(static change => change.Change > 0).Sum(static change => change.Change);
            return Math.Min(wanted, Math.Max(replicas, Math.Max(before + settings.UpPods, (int)Math.Ceiling(before * (1 + settings.UpShare)))));
        }

        if (wanted < replicas)
        {
            var before = replicas - _changes.Where(static change => change.Change < 0).Sum(static change => change.Change);
            return Math.Max(wanted, Math.Min(replicas, (int)(before * (1 - settings.DownShare))));
        }

        return replicas;
    }
}

/// <param name="InFlight">Requests in work per ready replica.</param>
/// <param name="Cpu">Share of the request.</param>
/// <param name="P99">Seconds.</param>
internal readonly record struct ScalingMetrics(double InFlight, double Cpu, double P99);
