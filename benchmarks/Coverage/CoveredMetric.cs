using Splitrail.Benchmarks.Simulation;
using Splitrail.ExperimentSvc.Inference;
using Splitrail.Randomness;

namespace Splitrail.Benchmarks.Coverage;

/// <summary>A metric with a known truth in both arms.</summary>
/// <param name="Name">For a person.</param>
/// <param name="Shape">Of the metric, without cells.</param>
/// <param name="Control">The truth.</param>
/// <param name="Treatment">The truth.</param>
/// <param name="Draw">One arm's users: (chance, users, whether it is the treatment).</param>
internal sealed record CoveredMetric(string Name, MetricInput Shape, double Control, double Treatment, CoveredMetric.Arm Draw)
{
    private const double Lift = 0.1;
    private const double Spread = 0.6;

    /// <summary>False: printed, but with too few users for its skewness.</summary>
    public bool IsHeld { get; init; } = true;

    /// <summary>Of the treatment.</summary>
    public int Users { get; init; } = 10_000;

    /// <summary>Users of the control for each of the treatment.</summary>
    public int ControlPerTreatment { get; init; } = 1;

    public delegate MetricCell Arm(ref SplitMix64 chance, int users, bool isTreatment);

    /// <summary>A number per user, exponential: the skewness of a user is 2.</summary>
    public static CoveredMetric Mean { get; } = Scaled("mean", (ref chance) => Draws.Exponential(ref chance));

    /// <summary>Clicks / impressions, of users with a taste of their own.</summary>
    public static CoveredMetric Ratio(ulong seed)
    {
        var (control, treatment) = (new ClickThrough(seed), new ClickThrough(seed, 1 + Lift));
        return new CoveredMetric("ratio", Metric(MetricKind.Ratio), control.Truth, treatment.Truth, (ref chance, users, isTreatment) =>
        {
            var sums = default(Sums);
            (isTreatment ? treatment : control).Add(ref chance, ref sums, users);
            return sums.Cell;
        });
    }

    public static CoveredMetric Proportion { get; } = new("proportion", Metric(MetricKind.Proportion), 0.05, 0.05 * (1 + Lift), static (ref chance, users, isTreatment) =>
    {
        var (buyers, rate) = (0, 0.05 * (isTreatment ? 1 + Lift : 1));
        for (var user = 0; user < users; user++)
            buyers += chance.NextDouble() < rate ? 1 : 0;
        return new MetricCell(users, buyers, buyers);
    });

    /// <summary>Of a lognormal latency by buckets that grow by 2 %.</summary>
    public static CoveredMetric Quantile(double quantile)
    {
        var truth = Math.Exp(Spread * ExperimentSvc.Statistics.Tails.NormalQuantile(quantile));
        return new CoveredMetric($"quantile_{quantile}", Metric(MetricKind.Quantile) with { Quantile = quantile }, truth, truth * (1 + Lift), static (ref chance, users, isTreatment) =>
        {
            var histogram = new LogHistogram();
            for (var user = 0; user < users; user++)
                histogram.Add(Draws.Lognormal(ref chance, 0, Spread) * (isTreatment ? 1 + Lift : 1));
            return new MetricCell(users, 0, 0, Histogram: histogram.Buckets());
        });
    }

    /// <summary>Outcome and covariate correlated by so much.</summary>
    public static CoveredMetric Cuped(double correlation) => new(
        $"cuped_{correlation}", Metric(MetricKind.Mean) with { HasCovariate = true }, 5, 5 * (1 + Lift), (ref chance, users, isTreatment) =>
        {
            var (sums, rest) = (default(Sums), Math.Sqrt(1 - (correlation * correlation)));
            for (var user = 0; user < users; user++)
            {
                var before = Draws.Normal(ref chance);
                sums.Add((5 * (isTreatment ? 1 + Lift : 1)) + (correlation * before) + (rest * Draws.Normal(ref chance)), 10 + before);
            }

            return sums.Cell;
        });

    /// <summary>Orders of few users, lognormal: the skewness of a user is about 40.</summary>
    public static CoveredMetric Revenue { get; } = RevenueOf(0.05, 1.2);

    private delegate double One(ref SplitMix64 chance);

    private static CoveredMetric Scaled(string name, One draw) => new(name, Metric(MetricKind.Mean), 1, 1 + Lift, (ref chance, users, isTreatment) =>
    {
        var sums = default(Sums);
        for (var user = 0; user < users; user++)
            sums.Add(draw(ref chance) * (isTreatment ? 1 + Lift : 1));
        return sums.Cell;
    });

    private static CoveredMetric RevenueOf(double rate, double deviation)
    {
        var mean = rate * Math.Exp(deviation * deviation / 2);
        return new CoveredMetric("revenue", Metric(MetricKind.Mean) with { IsSkewed = true }, mean, mean * (1 + Lift), (ref chance, users, isTreatment) =>
        {
            var sums = new Sums { Users = users };
            for (var user = 0; user < users; user++)
            {
                if (chance.NextDouble() < rate)
                    sums.AddValue(Draws.Lognormal(ref chance, 0, deviation) * (isTreatment ? 1 + Lift : 1));
            }

            return sums.Cell;
        });
    }

    private static MetricInput Metric(MetricKind kind) => new() { Name = "metric", Kind = kind, Role = MetricRole.Goal, Cells = [] };
}
