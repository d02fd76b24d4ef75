using Splitrail.Local;

namespace Splitrail.Benchmarks.EndToEnd;

/// <summary>
/// Recommendations through the whole suite as ./run starts it, in a process of its own; the load comes from this process on the same
/// cores. First a closed loop finds what saturates it, then an open loop offers 60 % of that: arrivals keep their own schedule and latency counts
/// from the scheduled moment, so a stall is not hidden by the requests it kept from being sent (coordinated omission).
/// </summary>
internal sealed class EndToEndBench : IBench
{
    private const int Connections = 32;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Saturating = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Measuring = TimeSpan.FromSeconds(30);

    public string Name => "end-to-end";

    public string Summary => "requests/s at saturation, latency at 60 % of it, CPU per request, share of full answers";

    public IReadOnlyDictionary<string, BenchTarget> Targets { get; } = new Dictionary<string, BenchTarget>
    {
        ["p99_ms_at_60"] = new(Max: 15),
        ["fallback_level_0_share"] = new(Min: 0.999),
        ["daprd_saturation_rps"] = new(Min: 400, OnlyWithDaprd: true),
    };

    public async Task<IReadOnlyDictionary<string, double>> RunAsync(BenchRequest request, CancellationToken cancellationToken)
    {
        var figures = await MeasureAsync(request, SidecarKind.Embedded, cancellationToken);
        if (request.Sidecar != SidecarKind.Daprd)
            return figures;
        request.Progress("now with daprd");
        var daprd = await MeasureAsync(request, SidecarKind.Daprd, cancellationToken);
        return figures.Concat(daprd.Select(static figure => KeyValuePair.Create($"daprd_{figure.Key}", figure.Value))).ToDictionary();
    }

    private static async Task<IReadOnlyDictionary<string, double>> MeasureAsync(BenchRequest request, SidecarKind sidecar, CancellationToken cancellationToken)
    {
        await using var suite = await MeasuredSuite.StartAsync(request, sidecar, cancellationToken);
        var mix = await RequestMix.CreateAsync(suite.Gateway, request.Seed, cancellationToken);
        using var load = new LoadGenerator(suite.Gateway, mix, Connections);
        request.Progress("warming up");
        await load.ClosedLoopAsync(WarmUp, cancellationToken);
        request.Progress("finding saturation");
        var saturated = await load.ClosedLoopAsync(Saturating, cancellationToken);
        request.Progress($"{saturated.PerSecond:0} requests/s saturate it; measuring at 60 %");
        var cpuBefore = suite.ProcessorTime;
        var measured = await load.OpenLoopAsync(0.6 * saturated.PerSecond, Measuring, request.Seed, cancellationToken);
        var cpu = suite.ProcessorTime - cpuBefore;
        return new Dictionary<string, double>
        {
            ["saturation_rps"] = saturated.PerSecond,
            ["saturation_level_0_share"] = saturated.Level0Share,
            ["p50_ms_at_60"] = measured.QuantileMs(0.50),
            ["p99_ms_at_60"] = measured.QuantileMs(0.99),
            ["cpu_ms_per_request"] = cpu.TotalMilliseconds / measured.Count,
            ["fallback_level_0_share"] = measured.Level0Share,
            ["failed_requests"] = measured.Failed + saturated.Failed,
        };
    }
}
