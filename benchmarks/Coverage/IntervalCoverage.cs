using Splitrail.Benchmarks.Simulation;
using Splitrail.ExperimentSvc.Inference;
using Splitrail.Randomness;

namespace Splitrail.Benchmarks.Coverage;

/// <summary>How often the intervals that are shown hold the truth.</summary>
internal static class IntervalCoverage
{
    private const double Level = 0.95;
    private const double Correlation = 0.7;

    public static void Record(Dictionary<string, double> figures, BenchRequest request, int runs, CancellationToken cancellationToken)
    {
        CoveredMetric[] metrics =
        [
            CoveredMetric.Mean, CoveredMetric.Proportion, CoveredMetric.Ratio(request.Seed), CoveredMetric.Quantile(0.5), CoveredMetric.Quantile(0.9), CoveredMetric.Quantile(0.99),
            CoveredMetric.Cuped(Correlation), CoveredMetric.Revenue with { Name = "revenue_90_10", ControlPerTreatment = 9 },
            CoveredMetric.Revenue with { Name = "revenue_40k", Users = 40_000 }, CoveredMetric.Revenue with { Name = "revenue_10k", IsHeld = false },
        ];
        for (var i = 0; i < metrics.Length; i++)
        {
            var (metric, seed) = (metrics[i], request.Seed + (1000 * (ulong)(i + 1)));
            var seen = MonteCarlo.Run(runs, run => One(metric, SplitMix64.Stream(seed, (ulong)run)), cancellationToken);
            var (absolute, lift) = (seen.Average(static one => one.Absolute ? 1.0 : 0), seen.Average(static one => one.Lift ? 1.0 : 0));
            request.Progress($"{metric.Name,-14} difference covered {MonteCarlo.Text(absolute, runs)}, relative lift {MonteCarlo.Text(lift, runs)}");
            figures[$"coverage_{metric.Name}"] = absolute;
            figures[$"coverage_{metric.Name}_lift"] = lift;
            if (!metric.IsHeld)
                continue;
            var worst = 100 * Math.Max(Math.Abs(absolute - Level), Math.Abs(lift - Level));
            figures["worst_error_points"] = Math.Max(figures.GetValueOrDefault("worst_error_points"), worst);
            if (metric.Shape.HasCovariate)
                RecordGain(figures, request, seen.Average(static one => one.Gain));
        }

        figures["coverage_error_points"] = 100 * MonteCarlo.Error(Level, runs);
        figures["worst_error_beyond_chance_points"] = Math.Max(0, figures["worst_error_points"] - (3 * figures["coverage_error_points"]));
    }

    private static void RecordGain(Dictionary<string, double> figures, BenchRequest request, double left)
    {
        var expected = 1 - (Correlation * Correlation);
        figures["cuped_error_share"] = Math.Abs((left / expected) - 1);
        request.Progress($"CUPED leaves {left:0.0000} of the variance, 1 - ρ² is {expected:0.0000}");
    }

    /// <summary>Whether both intervals hold the truth, and what part of the variance a covariate leaves.</summary>
    private static (bool Absolute, bool Lift, double Gain) One(CoveredMetric metric, SplitMix64 chance)
    {
        var shape = metric.Shape with { Cells = [[metric.Draw(ref chance, metric.Users * metric.ControlPerTreatment, false)], [metric.Draw(ref chance, metric.Users, true)]] };
        var finding = Finding(shape);
        var gain = metric.Shape.HasCovariate ? Math.Pow(Width(finding) / Width(Finding(shape with { HasCovariate = false })), 2) : 1;
        return (Holds(finding.Difference!, metric.Treatment - metric.Control), Holds(finding.Lift!, (metric.Treatment / metric.Control) - 1), gain);
    }

    private static MetricFinding Finding(MetricInput metric) => Evaluation.Of(TwoArms.Of(metric, TwoArms.Epoch(1, metric.Cells[0][0].Users, metric.Cells[1][0].Users))).Findings[0];

    private static double Width(MetricFinding finding) => finding.Difference!.High!.Value - finding.Difference.Low!.Value;

    private static bool Holds(Bounded bounded, double truth) => bounded.Low <= truth && truth <= bounded.High;
}
