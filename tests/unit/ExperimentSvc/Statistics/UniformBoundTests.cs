using Shouldly;
using Splitrail.ExperimentSvc.Statistics;
using Splitrail.Randomness;
using Splitrail.Tests.Unit.Experiments;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Statistics;

public sealed class UniformBoundTests
{
    private const double AlphaOfTuning = 0.05;

    [ReferenceVectorsFact]
    public void Bounds_are_those_of_confseq()
    {
        foreach (var one in VectorCase.Of("confseq_reference"))
        {
            var function = one.Input.GetProperty("function").GetString()!;
            if (function == "bernoulli_confidence_interval")
                one.Holds("value", RateSequence.Of(new Share(one.Count("num_successes"), one.Count("num_trials")), one.In("alpha"), one.In("t_opt")).Value);
            else
                one.Holds("value", Value(one, function));
        }
    }

    [Fact]
    public void A_rate_is_missed_at_any_look_no_more_often_than_alpha()
    {
        const int Runs = 400;
        var missed = 0;
        for (var run = 0; run < Runs; run++)
        {
            var (chance, successes, miss) = (SplitMix64.Stream(23, (ulong)run), 0L, false);
            for (var i = 1; i <= 1000 && !miss; i++)
            {
                successes += chance.NextDouble() < 0.05 ? 1 : 0;
                miss = i % 20 == 0 && !RateSequence.Of(new Share(successes, i), 0.05, 200).Value.Contains(0.05);
            }

            missed += miss ? 1 : 0;
        }

        ((double)missed / Runs).ShouldBeLessThanOrEqualTo(0.05);
    }

    [Fact]
    public void Nothing_is_said_of_arms_without_values()
    {
        RateSequence.Of(new Share(0, 0), 0.05, 100).Reason.ShouldBe(NotYet.NoUsers);
        new QuantileSequence(0.5, 100, 0.05).PValue([], [1, 2]).ShouldBe(1);
    }

    private static double Value(VectorCase one, string function)
    {
        var isOneSided = one.Input.TryGetProperty("is_one_sided", out var given) && given.GetBoolean();
        return function switch
        {
            "two_sided_normal_mixture.best_rho" => NormalMixture.BestRho(one.In("v"), one.In("alpha")),
            "poly_stitching_bound" => StitchedBound.OfSum(one.In("v"), one.In("alpha"), one.In("v_min"), one.In("c")),
            "double_stitching_bound" => StitchedBound.OfRanks(one.In("quantile_p"), one.In("t"), one.In("alpha"), one.In("t_opt")),
            "empirical_process_lil_bound" => StitchedBound.OfDistribution(one.In("t"), one.In("alpha"), one.In("t_min"), one.In("A")),
            "quantile_ab_p_value" => new QuantileSequence(one.In("quantile_p"), one.In("t_opt"), one.In("alpha_opt")).PValue(Range(one, "a"), Range(one, "b")),
            _ when function.EndsWith("log_mixture", StringComparison.Ordinal) => Mixture(one, function, isOneSided).Log(one.In("s"), one.In("v")),
            _ => MixtureBound.Of(Mixture(one, function, isOneSided), one.In("v"), one.In("alpha")),
        };
    }

    private static IMixture Mixture(VectorCase one, string function, bool isOneSided) => function[..function.IndexOf('_', StringComparison.Ordinal)] switch
    {
        "normal" => NormalMixture.TightestAt(one.In("v_opt"), AlphaOfTuning, isOneSided),
        "gamma" => GammaMixture.TightestAt(one.In("v_opt"), AlphaOfTuning, one.In("c"), function.Contains("poisson", StringComparison.Ordinal)),
        "beta" => new BetaBinomialMixture(one.In("v_opt"), AlphaOfTuning, one.In("g"), one.In("h"), isOneSided),
        var other => throw new InvalidOperationException(other),
    };

    /// <summary>Written as "1..1000".</summary>
    private static double[] Range(VectorCase one, string arm)
    {
        var ends = one.Input.GetProperty(arm).GetString()!.Split("..").Select(int.Parse).ToArray();
        return [.. Enumerable.Range(ends[0], ends[1] - ends[0] + 1)];
    }
}
