using Shouldly;
using Splitrail.ExperimentSvc.Bandits;
using Splitrail.ExperimentSvc.Inference;
using Splitrail.Tests.Unit.ExperimentSvc.Inference;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Bandits;

public sealed class ThompsonStepTests
{
    private static readonly double[] s_thirds = [0.34, 0.33, 0.33];
    private static readonly BanditLimits s_limits = new();

    [Fact]
    public void Better_arm_gets_more_users_and_no_share_leaves_its_limits()
    {
        var step = ThompsonStep.Next(EvaluationInputs.Conversions(5000, 0.05, 0.06, 0.04), s_thirds, s_limits);
        step.ChanceToBeBest[1].ShouldBeGreaterThan(0.95);
        step.ChanceToBeBest.Sum().ShouldBe(1, 1e-12);
        step.Shares[1].ShouldBe(0.53);
        for (var hour = 0; hour < 3; hour++)
            step = ThompsonStep.Next(EvaluationInputs.Conversions(50_000, 0.05, 0.06, 0.04), step.Shares, s_limits);
        step.Shares.ShouldBe([0.05, 0.9, 0.05]);
    }

    [Fact]
    public void Metric_whose_fall_is_good_prefers_the_lowest_arm() =>
        ThompsonStep.Next(EvaluationInputs.Conversions(5000, 0.05, 0.06, 0.04) with { Direction = MetricDirection.Down }, s_thirds, s_limits).ChanceToBeBest[2].ShouldBeGreaterThan(0.95);

    [Fact]
    public void Top_two_keeps_the_best_of_the_others_in_play()
    {
        var metric = EvaluationInputs.Conversions(50_000, 0.05, 0.06, 0.04);
        ThompsonStep.Next(metric, s_thirds, new BanditLimits(0.05, 1)).Shares.ShouldBe([0.05, 0.9, 0.05]);
        ThompsonStep.Next(metric, s_thirds, new BanditLimits(0.05, 1, IsTopTwo: true)).Shares[0].ShouldBeGreaterThan(0.4);
    }

    [Fact]
    public void Without_estimates_the_split_goes_to_equal_shares()
    {
        var step = ThompsonStep.Next(EvaluationInputs.Conversions(1, 0, 0), [0.9, 0.1], s_limits);
        step.Values.ShouldBeNull();
        step.Shares.ShouldBe([0.7, 0.3]);
    }

    [Theory]
    [InlineData(0.4, 0.2, "3 arms cannot all have 0.4")]
    [InlineData(0.05, 0, "a step must be above 0")]
    public void Limits_that_cannot_be_kept_are_refused(double least, double step, string reason) =>
        Should.Throw<ArgumentOutOfRangeException>(() => ThompsonStep.Next(EvaluationInputs.Conversions(100, 0.1, 0.1, 0.1), s_thirds, new BanditLimits(least, step))).Message.ShouldContain(reason);
}
