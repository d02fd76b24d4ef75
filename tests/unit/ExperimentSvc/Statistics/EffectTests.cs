using System.Text.Json;
using Shouldly;
using Splitrail.ExperimentSvc.Statistics;
using Splitrail.Tests.Unit.Experiments;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Statistics;

public sealed class EffectTests
{
    [ReferenceVectorsFact]
    public void Welchs_test_of_sums_is_that_of_scipy()
    {
        foreach (var one in VectorCase.Of("welch_t_summary"))
        {
            var effect = Effect.Absolute(Of(one, "1"), Of(one, "2")).Value;
            one.Holds("diff", effect.Value);
            one.Holds("t", effect.T);
            one.Holds("df", effect.Freedom);
            one.Holds("se", effect.StandardError);
            one.Holds("p_two_sided", effect.PValue);
            one.Holds("ci95", effect.Interval(one.In("alpha")));
        }

        static Finding<ArmEstimate> Of(VectorCase one, string arm) => ArmEstimate.Of(one.Count("n" + arm), one.In("mean" + arm), Math.Pow(one.In("sd" + arm), 2));
    }

    [ReferenceVectorsFact]
    public void Welchs_test_of_samples_is_that_of_scipy()
    {
        foreach (var one in VectorCase.Of("welch_t_raw"))
        {
            var effect = Effect.Absolute(UnitSums.Of(one.Numbers("a")).MeanEstimate(), UnitSums.Of(one.Numbers("b")).MeanEstimate()).Value;
            one.Holds("t", effect.T);
            one.Holds("df", effect.Freedom);
            one.Holds("p_two_sided", effect.PValue);
            one.Holds("p_greater", effect.PValueGreater);
            one.Holds("ci95", effect.Interval(0.05));
        }
    }

    [ReferenceVectorsFact]
    public void The_relative_lift_is_that_of_the_delta_method()
    {
        foreach (var one in VectorCase.Of("delta_relative_lift"))
            Holds(one, "", Effect.Relative(VectorCase.Arm(one.Input.GetProperty("b")), VectorCase.Arm(one.Input.GetProperty("a"))).Value);
    }

    [ReferenceVectorsFact]
    public void Ratios_by_unit_are_those_of_the_delta_method()
    {
        foreach (var one in VectorCase.Of("delta_ratio_metric"))
        {
            var (a, b) = (RatioMetric.Estimate(Ratio(one, "a")), RatioMetric.Estimate(Ratio(one, "b")));
            one.Holds("ratio_a", a.Value.Value);
            one.Holds("ratio_b", b.Value.Value);
            one.Holds("var_ratio_a", a.Value.ErrorVariance * a.Value.Units);
            one.Holds("var_ratio_b", b.Value.ErrorVariance * b.Value.Units);
            Holds(one, "absolute.", Effect.Absolute(b, a).Value);
            Holds(one, "relative.", Effect.Relative(b, a).Value);
        }

        static PairSums Ratio(VectorCase one, string arm)
        {
            var sums = one.Input.GetProperty(arm);
            return new PairSums(VectorCase.Sums(sums.GetProperty("m_statistic")), VectorCase.Sums(sums.GetProperty("d_statistic")), sums.GetProperty("m_d_sum_of_products").GetDouble());
        }
    }

    [ReferenceVectorsFact]
    public void Cuped_is_that_of_growthbook()
    {
        foreach (var one in VectorCase.Of("cuped"))
        {
            var (sumsA, sumsB) = (Pair(one.Input.GetProperty("a")), Pair(one.Input.GetProperty("b")));
            var slope = Cuped.Slope(sumsA, sumsB);
            var (a, b) = (Cuped.Estimate(sumsA, slope), Cuped.Estimate(sumsB, slope));
            one.Holds("theta", slope);
            one.Holds("adj_mean_a", a.Value.Value);
            one.Holds("adj_mean_b", b.Value.Value);
            one.Holds("adj_var_a", a.Value.ErrorVariance * a.Value.Units);
            one.Holds("adj_var_b", b.Value.ErrorVariance * b.Value.Units);
            Holds(one, "absolute.", Effect.Absolute(b, a).Value);
            Holds(one, "relative.", Effect.Relative(b, a).Value);
            Holds(one, "unadjusted_absolute.", Effect.Absolute(sumsB.First.MeanEstimate(), sumsA.First.MeanEstimate()).Value);
        }

        static PairSums Pair(JsonElement sums) => new(
            VectorCase.Sums(sums.GetProperty("post_statistic")), VectorCase.Sums(sums.GetProperty("pre_statistic")), sums.GetProperty("post_pre_sum_of_products").GetDouble());
    }

    [Fact]
    public void Nothing_is_said_of_arms_that_cannot_be_compared()
    {
        var (fine, flat) = (new UnitSums(10, 20, 60).MeanEstimate(), new UnitSums(10, 20, 40).MeanEstimate());
        Effect.Absolute(fine, default(UnitSums).MeanEstimate()).Reason.ShouldBe(NotYet.NoUsers);
        Effect.Absolute(new UnitSums(1, 2, 4).MeanEstimate(), fine).Reason.ShouldBe(NotYet.OneUser);
        Effect.Absolute(flat, flat).Reason.ShouldBe(NotYet.NoVariance);
        Effect.Relative(fine, new UnitSums(10, 0, 5).MeanEstimate()).Reason.ShouldBe(NotYet.NoBaseline);
        Effect.Absolute(fine, new UnitSums(10, 1e200, double.PositiveInfinity).MeanEstimate()).Reason.ShouldBe(NotYet.OutOfRange);
        RatioMetric.Estimate(new PairSums(new UnitSums(5, 0, 0), new UnitSums(5, 0, 0), 0)).Reason.ShouldBe(NotYet.NoDenominator);
    }

    private static void Holds(VectorCase one, string path, Effect effect)
    {
        one.Holds(path + "expected", effect.Value);
        one.Holds(path + "se", effect.StandardError);
        one.Holds(path + "df", effect.Freedom);
        one.Holds(path + "p_value", effect.PValue);
        one.Holds(path + "ci", effect.Interval(0.05));
    }
}
