using Shouldly;
using Splitrail.ExperimentSvc.Statistics;
using Splitrail.Tests.Unit.Experiments;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Statistics;

public sealed class ProportionTestTests
{
    [ReferenceVectorsFact]
    public void Tests_and_intervals_are_those_of_statsmodels()
    {
        foreach (var one in VectorCase.Of("two_proportion_tests"))
        {
            var (treatment, control, alpha) = (new Share(one.Count("x1"), one.Count("n1")), new Share(one.Count("x2"), one.Count("n2")), one.In("alpha"));
            var test = ProportionTest.Of(treatment, control).Value;
            one.Holds("diff", test.Difference);
            one.Holds("z_pooled", test.Z);
            one.Holds("p_pooled_two_sided", test.PValue);
            one.Holds("p_pooled_larger", test.PValueGreater);
            one.Holds("z_wald", test.Difference / test.WaldError);
            one.Holds("ci95_diff_wald", test.WaldInterval(alpha));
            one.Holds("ci95_diff_newcomb", ProportionTest.Newcombe(treatment, control, alpha).Value);
            one.Holds("ci95_diff_agresti_caffo", ProportionTest.AgrestiCaffo(treatment, control, alpha));
            one.Holds("ci95_ratio_log", ProportionTest.RiskRatio(treatment, control, alpha).Value);
            one.Holds("p1", treatment.Value);
            one.Holds("p2", control.Value);
            one.Holds("p_wald", 2 * Tails.NormalUpper(Math.Abs(test.Difference / test.WaldError)));
            one.Holds("risk_ratio", treatment.Value / control.Value);
            one.Holds("p_score", 2 * Tails.NormalUpper(Math.Abs(ScoreInterval.Z(treatment, control, 0))));
            one.Holds("z_score", ScoreInterval.Z(treatment, control, 0));
        }
    }

    [Theory]
    [InlineData(0, 0, 5, 10, NotYet.NoUsers)]
    [InlineData(5, 10, 0, 0, NotYet.NoUsers)]
    [InlineData(0, 10, 0, 10, NotYet.NoVariance)]
    [InlineData(10, 10, 10, 10, NotYet.NoVariance)]
    public void Nothing_is_said_without_users_or_variance(long x1, long n1, long x2, long n2, object reason) =>
        ProportionTest.Of(new Share(x1, n1), new Share(x2, n2)).Reason.ShouldBe((NotYet)reason);
}
