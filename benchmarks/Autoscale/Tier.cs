namespace Splitrail.Benchmarks.Autoscale;

/// <summary>
/// A service as a queue: each replica is one server that needs <paramref name="WorkSeconds"/> for a request, with exponential times and a common queue per replica (M/M/1), before a wait for
/// others that does not depend on its own load. The speed is that of the CPU it requests: on a full node it gets no more.
/// </summary>
/// <param name="Name">The service.</param>
/// <param name="WorkSeconds">CPU seconds of a request (docs/scale.md has the measurement), over the cores requested.</param>
/// <param name="OtherSeconds">Mean wait for others; exponential.</param>
/// <param name="Target">99th percentile that counts as a breach, in seconds.</param>
/// <param name="Least">Fewest replicas.</param>
/// <param name="Most">Most replicas.</param>
internal sealed record Tier(string Name, double WorkSeconds, double OtherSeconds, double Target, int Least, int Most)
{
    /// <summary>Seconds from a replica's creation until it takes requests: scheduling, start, model, feeds.</summary>
    public const int StartSeconds = 25;

    /// <summary>Nobody waits longer: the gateway's deadline.</summary>
    public const double Deadline = 0.3;
}
