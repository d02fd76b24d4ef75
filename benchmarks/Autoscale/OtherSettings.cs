namespace Splitrail.Benchmarks.Autoscale;

/// <summary>Settings of all tiers under a name.</summary>
internal sealed record NamedSettings(string Name, IReadOnlyDictionary<string, ScalingSettings> ByTier, bool IsNamed = false)
{
    public NamedSettings With(string name, Func<ScalingSettings, ScalingSettings> change, bool isNamed = false) =>
        new(name, ByTier.ToDictionary(static one => one.Key, one => change(one.Value)), isNamed);
}

/// <summary>What else one could say: the settings people use, and everything around the chart's.</summary>
internal static class OtherSettings
{
    public static IEnumerable<NamedSettings> Of(NamedSettings chart) => Known(chart).Concat(Around(chart));

    private static IEnumerable<NamedSettings> Known(NamedSettings chart)
    {
        yield return chart.With("CPU 70 % alone, Kubernetes' defaults", static one => new(0, 0, 0.7, 0, 1, 4, 300, 1), true);
        yield return chart.With("CPU 50 % alone, Kubernetes' defaults", static one => new(0, 0, 0.5, 0, 1, 4, 300, 1), true);
        yield return chart.With("p99 alone", static one => one with { InFlight = 0, Cpu = 0 }, true);
        yield return chart.With("work in flight alone", static one => one with { P99 = 0, Cpu = 0 }, true);
        yield return chart.With("CPU alone", static one => one with { P99 = 0, InFlight = 0 }, true);
        yield return chart.With("without work in flight", static one => one with { InFlight = 0 }, true);
        yield return chart.With("without p99", static one => one with { P99 = 0 }, true);
    }

    private static IEnumerable<NamedSettings> Around(NamedSettings chart)
    {
        foreach (var work in new[] { 0.75, 1, 1.25 })
        foreach (var cpu in new[] { 0.6, 0.7, 0.8 })
        foreach (var (share, pods) in new[] { (0.5, 2), (1.0, 4), (2.0, 8) })
        foreach (var window in new[] { 60, 180, 300, 600 })
        foreach (var down in new[] { 0.1, 0.25, 0.5 })
        {
            var other = chart.With("", one => one with { InFlight = one.InFlight * work, Cpu = cpu, UpShare = share, UpPods = pods, DownWindow = window, DownShare = down });
            if (!other.ByTier.All(one => one.Value == chart.ByTier[one.Key]))
                yield return other with { Name = string.Join("; ", other.ByTier.Select(static one => $"{one.Key} {one.Value}")) };
        }
    }
}
