using Shouldly;
using Splitrail.ExperimentSvc.Inference;
using Splitrail.ExperimentSvc.Statistics;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Inference;

public sealed class MetricViewTests
{
    [Fact]
    public void Split_edit_under_a_trend_shows_no_effect()
    {
        var finding = Shown(EvaluationInputs.Conversions(1, 0, 0) with
        {
            Cells = [[EvaluationInputs.Rate(90_000, 0.04), EvaluationInputs.Rate(50_000, 0.06)], [EvaluationInputs.Rate(10_000, 0.04), EvaluationInputs.Rate(50_000, 0.06)]],
        });
        finding.Lift!.Value.ShouldBe(0, 1e-12);
        finding.PValue!.Value.ShouldBe(1, 0.001);
        finding.ChanceToWin!.Value.ShouldBe(0.5, 1e-9);
    }

    [Fact]
    public void Covariate_narrows_the_interval_by_what_it_explains()
    {
        // Outcome and covariate have variance 1 and correlation 0.6.
        MetricCell cell = new(10_001, 0, 10_000, 0, 0, 10_000, 6000);
        var metric = new MetricInput { Name = "m", Kind = MetricKind.Mean, Role = MetricRole.Goal, Cells = [[cell], [cell]] };
        (Width(Shown(metric with { HasCovariate = true })) / Width(Shown(metric))).ShouldBe(0.8, 1e-9);
    }

    [Fact]
    public void Metric_whose_fall_is_good_wins_by_falling()
    {
        var finding = Shown(EvaluationInputs.Conversions(20_000, 0.06, 0.05) with { Direction = MetricDirection.Down });
        finding.Lift!.Value.ShouldBeLessThan(0);
        finding.Z!.Value.ShouldBeGreaterThan(4);
        finding.ChanceToWin!.Value.ShouldBeGreaterThan(0.99);
        finding.ExpectedLoss!.Value.ShouldBeInRange(0, 1e-6);
    }

    [Fact]
    public void Skewed_lift_has_the_ends_that_the_test_of_a_margin_refuses()
    {
        var metric = new MetricInput
        {
            Name = "revenue", Kind = MetricKind.Mean, Role = MetricRole.Goal, IsSkewed = true,
            Cells = [[new MetricCell(9000, 4500, 40_000, 900_000)], [new MetricCell(1000, 550, 5000, 120_000)]],
        };
        var lift = Shown(metric).Lift!;
        var pair = Comparison.Of(metric, 1, 0).Value;
        MarginTest.Of(pair, MetricDirection.Up, -lift.Low!.Value).Value.Z.ShouldBe(-Tails.NormalQuantile(0.025), 1e-6);
        MarginTest.Of(pair, MetricDirection.Up, -lift.High!.Value).Value.Z.ShouldBe(Tails.NormalQuantile(0.025), 1e-6);
    }

    [Fact]
    public void Quantile_comes_from_buckets_and_says_when_there_are_too_few()
    {
        var metric = new MetricInput
        {
            Name = "p90", Kind = MetricKind.Quantile, Quantile = 0.9, Role = MetricRole.Secondary, Cells = [[Evenly(1000, 1)], [Evenly(1000, 1.2)]],
        };
        var finding = Shown(metric);
        finding.ControlValue!.Value.ShouldBe(90, 1e-9);
        finding.Lift!.Value.ShouldBe(0.2, 1e-9);
        Shown(metric with { Quantile = 0.99999 }).NotYet.ShouldBe(NotYet.TooFew);
    }

    /// <summary>As many values in each of a hundred buckets of this width.</summary>
    private static MetricCell Evenly(int each, double width) =>
        new(100L * each, 0, 0, Histogram: [.. Enumerable.Range(0, 100).Select(i => new HistogramBucket(i * width, (i + 1) * width, each))]);

    private static MetricFinding Shown(MetricInput metric) => Evaluation.Of(EvaluationInputs.Of(metric)).Findings.ShouldHaveSingleItem();

    private static double Width(MetricFinding finding) => finding.Difference!.High!.Value - finding.Difference.Low!.Value;
}
