using Splitrail.Contracts;

namespace Splitrail.Benchmarks.Autoscale;

/// <summary>The chart's autoscaling against other settings, over days of traffic with spikes.</summary>
internal sealed class AutoscaleBench : IBench
{
    /// <summary>Days on which the best other setting is chosen, and days on which it then meets the chart's: who is chosen for a day's luck has no such luck on another.</summary>
    private const int ChoiceDays = 4;
    private const int TestDays = 24;

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
            var chart = Chart();
            var others = OtherSettings.Of(chart).ToArray();
            var best = Choose(others, Days(request, 0, ChoiceDays), request.Progress, cancellationToken);
            var days = Days(request, ChoiceDays, request.Runs ?? TestDays);
            var own = CostsOf(chart, days);
            foreach (var other in others.Where(static one => one.IsNamed))
                Tell(request.Progress, other.Name, PairedCost.Of(own, CostsOf(other, days)));
            var paired = PairedCost.Of(own, CostsOf(best, days));
            Tell(request.Progress, $"the best on the days of the choice: {best.Name}", paired);
            request.Progress($"the chart: {Text(paired.Own)}; {(paired.IsTie ? "a tie with the best other within two standard errors" : paired.Excess < 0 ? "cheaper than the best other" : "dearer than the best other")}");
            return Figures(paired, others.Length + 1);
        },
        cancellationToken);

    private static Dictionary<string, double> Figures(PairedCost paired, int settings) => new()
    {
        ["breach_minutes"] = paired.Own.BreachMinutes,
        ["pod_hours"] = paired.Own.PodHours,
        ["flaps"] = paired.Own.Flaps,
        ["breach_minutes_best_other"] = paired.Other.BreachMinutes,
        ["pod_hours_best_other"] = paired.Other.PodHours,
        ["flaps_best_other"] = paired.Other.Flaps,
        ["cost_over_best_other"] = paired.Own.Total / paired.Other.Total,
        ["cost_over_best_other_error"] = paired.Error / paired.Other.Total,
        ["settings"] = settings,
    };

    /// <summary>The cheapest, on days that nobody is judged on.</summary>
    private static NamedSettings Choose(NamedSettings[] others, double[][] days, Action<string> progress, CancellationToken cancellationToken)
    {
        var tried = others.AsParallel().AsOrdered().WithCancellation(cancellationToken)
            .Select(setting => (Setting: setting, Cost: CostsOf(setting, days).Aggregate(static (a, b) => a + b) / days.Length)).OrderBy(static one => one.Cost.Total).ToArray();
        foreach (var (setting, cost) in tried.Take(8))
            progress($"on the days of the choice: {Text(cost)}: {setting.Name}");
        return tried[0].Setting;
    }

    private static void Tell(Action<string> progress, string name, PairedCost paired) =>
        progress($"{Text(paired.Other)}; the chart costs {paired.Excess:+0.0;-0.0} a day (standard error {paired.Error:0.0}): {name}");

    private static string Text(DayCost cost) => $"{cost.Total,7:0.0}: {cost.BreachMinutes,5:0.0} breach minutes, {cost.PodHours,6:0.0} pod-hours, {cost.Flaps,5:0.0} flaps a day";

    private static double[][] Days(BenchRequest request, int first, int count) => [.. Enumerable.Range(first, count).Select(day => DayTraffic.Of(request.Seed + (ulong)day))];

    private static NamedSettings Chart()
    {
        var values = File.ReadAllText(Path.Combine("charts", "splitrail", "values.yaml"));
        return new NamedSettings("the chart", s_tiers.ToDictionary(static tier => tier.Name, tier => ScalingSettings.OfChart(values, tier.Name)));
    }

    /// <summary>Of each day, all tiers together.</summary>
    private static DayCost[] CostsOf(NamedSettings settings, double[][] days) =>
        [.. days.AsParallel().AsOrdered().Select(day => s_tiers.Select(tier => new SimulatedDay(tier, settings.ByTier[tier.Name], day).Run()).Aggregate(static (a, b) => a + b))];
}
