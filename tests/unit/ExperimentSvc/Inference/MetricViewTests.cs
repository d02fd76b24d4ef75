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

    /// <summary>By the delta method a lift could leave out 0 where the difference does not, and an end could be made up where a handful of conversions of the control leave it open.</summary>
    [Theory]
    [InlineData(10, 0.1, 0.6)]
    [InlineData(40, 0.05, 0.15)]
    [InlineData(100, 0.02, 0.1)]
    [InlineData(100, 0.01, 0.3)]
    [InlineData(200, 0.05, 0.01)]
    [InlineData(5000, 0.05, 0.056)]
    [InlineData(5000, 0.05, 0.06)]
    public void Lift_leaves_out_no_change_where_the_p_value_is_below_alpha_and_nowhere_else(long users, double control, double treatment)
    {
        var finding = Shown(EvaluationInputs.Conversions(users, control, treatment));
        var isLeftOut = finding.Lift!.Low > 0 || finding.Lift.High < 0;
        isLeftOut.ShouldBe(finding.PValue < 0.05, $"p {finding.PValue}, lift {finding.Lift}");
    }

    [Fact]
    public void Lift_against_a_control_that_may_be_nothing_is_open_above()
    {
        var lift = Shown(EvaluationInputs.Conversions(100, 0.01, 0.3)).Lift!;
        lift.High.ShouldBeNull();
        lift.Low!.Value.ShouldBeInRange(0.5, 29);
    }

    [Fact]
    public void Sequence_that_is_only_right_for_many_users_is_not_shown_for_few()
    {
        Shown(Of(499)).Anytime.ShouldBeNull();
        Shown(Of(500)).Anytime.ShouldNotBeNull();

        static MetricInput Of(long users) => new()
        {
            Name = "m", Kind = MetricKind.Mean, Role = MetricRole.Goal, Cells = [[EvaluationInputs.Mean(users, 2, 1)], [EvaluationInputs.Mean(users, 2, 1)]],
        };
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
        MarginTest.Of(pair, MetricDirection.Up, -lift.Low!.Value).Value.Z.ShouldBe(-Tails.NormalQuantile(0.025), 0.002, "Student's, of 1,400 degrees of freedom");
        MarginTest.Of(pair, MetricDirection.Up, -lift.High!.Value).Value.Z.ShouldBe(Tails.NormalQuantile(0.025), 0.002);
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
