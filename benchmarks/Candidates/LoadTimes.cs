namespace Splitrail.Benchmarks.Candidates;

/// <summary>Times of a round of requests, by the wall and by the thread's time on a core: on a machine that others use too, the wall's tail is theirs.</summary>
internal sealed class LoadTimes(int count)
{
    private readonly double[] _wall = new double[count];
    private readonly double[] _core = new double[count];

    public int Count => count;

    public void Set(int request, double coreMs, double wallMs) => (_core[request], _wall[request]) = (coreMs, wallMs);

    /// <summary>Users are the even requests, guests the odd ones.</summary>
    public Dictionary<string, double> Figures() => new()
    {
        ["p50_ms"] = At(_wall, 0.5),
        ["p99_ms"] = At(_wall, 0.99),
        ["p50_core_ms"] = At(_core, 0.5),
        ["p99_core_ms"] = At(_core, 0.99),
        ["p50_ms_known"] = At(_wall.Where(static (_, r) => r % 2 == 0), 0.5),
        ["p50_ms_guests"] = At(_wall.Where(static (_, r) => r % 2 == 1), 0.5),
    };

    /// <summary>What every round is better than.</summary>
    public Dictionary<string, double> Worst() => Figures().ToDictionary(static pair => pair.Key, static _ => double.MaxValue);

    private static double At(IEnumerable<double> times, double share)
    {
        double[] sorted = [.. times.Order()];
        return sorted[(int)(sorted.Length * share)];
    }
}
