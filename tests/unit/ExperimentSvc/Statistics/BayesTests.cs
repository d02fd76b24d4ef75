using Shouldly;
using Splitrail.ExperimentSvc.Statistics;
using Splitrail.Tests.Unit.Experiments;

namespace Splitrail.Tests.Unit.ExperimentSvc.Statistics;

public sealed class BayesTests
{
    [ReferenceVectorsFact]
    public void Chance_to_win_and_loss_of_rates_are_those_of_quadrature()
    {
        foreach (var one in VectorCase.Of("bayes_beta_binomial"))
        {
            var (alpha, beta) = (one.In("prior_alpha"), one.In("prior_beta"));
            var a = BetaBinomial.Of(new Share(one.Count("xa"), one.Count("na")), alpha, beta);
            var b = BetaBinomial.Of(new Share(one.Count("xb"), one.Count("nb")), alpha, beta);
            one.Holds("prob_b_beats_a", b.Beats(a));
            one.Holds("expected_loss_choose_b", b.LossAgainst(a));
            one.Holds("expected_loss_choose_a", a.LossAgainst(b));
        }
    }

    [ReferenceVectorsFact]
    public void Chances_to_be_the_best_are_those_of_quadrature()
    {
        foreach (var one in VectorCase.Of("bandit_prob_best"))
        {
            BetaBinomial[] arms = [.. one.Input.GetProperty("arms").EnumerateArray().Select(static arm =>
                BetaBinomial.Of(new Share(arm.GetProperty("successes").GetInt64(), arm.GetProperty("trials").GetInt64())))];
            var best = BetaBinomial.ChanceToBeBest(arms);
            var two = BetaBinomial.TopTwo(best);
            best.Sum().ShouldBe(1, 1e-12);
            for (var arm = 0; arm < arms.Length; arm++)
            {
                one.Holds($"best[{arm}]", best[arm], one.At("prob_best")[arm].GetDouble());
                one.Holds($"two[{arm}]", two[arm], one.At("top_two_half")[arm].GetDouble());
            }
        }
    }

    [ReferenceVectorsFact]
    public void Effects_with_a_normal_prior_are_those_of_growthbook()
    {
        foreach (var one in VectorCase.Of("bayes_gb_effect"))
        {
            var (a, b) = (VectorCase.Arm(one.Input.GetProperty("a")), VectorCase.Arm(one.Input.GetProperty("b")));
            var isRelative = one.Input.GetProperty("difference_type").GetString() == "relative";
            var effect = (isRelative ? Effect.Relative(b, a) : Effect.Absolute(b, a)).Value;
            var posterior = NormalPosterior.Of(effect, Prior(one, isRelative ? 1 : Math.Abs(a.Value.Value)));
            one.Holds("chance_to_win", posterior.ChanceToWin);
            one.Holds("expected", posterior.Mean);
            one.Holds("sd", posterior.Deviation);
            one.Holds("ci95", posterior.Interval(0.05));
            one.Holds("risk control", posterior.LossOfControl, one.At("risk")[0].GetDouble());
            one.Holds("risk treatment", posterior.LossOfTreatment, one.At("risk")[1].GetDouble());
        }

        // The reference's priors are on the relative lift: an absolute effect has them times the control.
        static NormalPosterior? Prior(VectorCase one, double unit)
        {
            var prior = one.Input.GetProperty("prior");
            return prior.GetProperty("proper").GetBoolean()
                ? new NormalPosterior(prior.GetProperty("mean").GetDouble() * unit, Math.Sqrt(prior.GetProperty("variance").GetDouble()) * unit)
                : null;
        }
    }
}
