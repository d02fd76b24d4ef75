using Splitrail.Contracts;

namespace Splitrail.Benchmarks.Autoscale;

/// <summary>The chart's autoscaling against other settings, over days of traffic with spikes.</summary>
internal sealed class AutoscaleBench : IBench
{
    private const int Days = 2;

    /// <summary>The two ends of the way: what everybody meets, and what computes most. CPU of a request over the cores of the chart's requests; waits for others at the median of `./bench end-to-end`.</summary>
    private static readonly Tier[] s_tiers =
    [
        new(AppIds.Gateway, 0.00067 / 0.5, 0.010, 0.1, 5, 50),
        new(AppIds.Ranking, 0.00036 / 1.0, 0.001, 0.035, 3, 30),
    ];

    public string Name => "autoscale";

    public string Summary => "minutes with a p99 over its target, pod-hours and flaps of the chart's autoscaling and of the best other setting, over simulated days";

    /// <summary>Half a per cent is what metrics may cost that these days do not need.</summary>
    public IReadOnlyDictionary<string, BenchTarget> Targets { get; } = new Dictionary<string, BenchTarget> { ["cost_over_best_other"] = new(Max: 1.005) };

    public Task<IReadOnlyDictionary<string, double>> RunAsync(BenchRequest request, CancellationToken cancellationToken) => Task.Run<IReadOnlyDictionary<string, double>>(
        () =>
        {
            var days = Enumerable.Range(0, request.Runs ?? Days).Select(day => DayTraffic.Of(request.Seed + (ulong)day)).ToArray();
            var chart = Chart();
            var tried = OtherSettings.Of(chart).Prepend(chart).AsParallel().AsOrdered().WithCancellation(cancellationToken)
                .Select(setting => (Setting: setting, Cost: CostOf(setting, days))).ToArray();
            foreach (var (setting, cost) in tried.Skip(1).OrderBy(static one => one.Cost.Total).Take(12).Prepend(tried[0]))
                request.Progress($"{cost.Total,7:0.0}: {cost.BreachMinutes,5:0.0} breach minutes, {cost.PodHours,6:0.0} pod-hours, {cost.Flaps,5:0.0} flaps a day: {setting.Name}");
            foreach (var (setting, cost) in tried.Where(static one => one.Setting.IsNamed))
                request.Progress($"{cost.Total,7:0.0}: {cost.BreachMinutes,5:0.0} breach minutes, {cost.PodHours,6:0.0} pod-hours, {cost.Flaps,5:0.0} flaps a day: {setting.Name}");
            var best = tried.Skip(1).MinBy(static one => one.Cost.Total).Cost;
            var own = tried[0].Cost;
            return new Dictionary<string, double>
            {
                ["breach_minutes"] = own.BreachMinutes,
                ["pod_hours"] = own.PodHours,
                ["flaps"] = own.Flaps,
                ["breach_minutes_best_other"] = best.BreachMinutes,
                ["pod_hours_best_other"] = best.PodHours,
                ["flaps_best_other"] = best.Flaps,
                ["cost_over_best_other"] = own.Total / best.Total,
                ["settings"] = tried.Length,
            };
        },
        cancellationToken);

    private static NamedSettings Chart()
    {
        var values = File.ReadAllText(Path.Combine("charts", "splitrail", "values.yaml"));
        return new NamedSettings("the chart", s_tiers.ToDictionary(static tier => tier.Name, tier => ScalingSettings.OfChart(values, tier.Name)));
    }

    private static DayCost CostOf(NamedSettings settings, double[][] days) =>
        s_tiers.SelectMany(tier => days.Select(day => new SimulatedDay(tier, settings.ByTier[tier.Name], day).Run())).Aggregate(static (a, b) => a + b) / days.Length;
}
