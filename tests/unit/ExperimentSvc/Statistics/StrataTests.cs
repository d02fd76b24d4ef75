using Shouldly;
using Splitrail.ExperimentSvc.Statistics;
using Splitrail.Randomness;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Statistics;

public sealed class StrataTests
{
    /// <summary>90/10 at 4 %, then 50/50 at 6 %, and no effect.</summary>
    [Fact]
    public void A_split_edit_under_a_trend_looks_like_an_effect_when_pooled_and_like_none_by_epoch()
    {
        const int Runs = 400;
        var (byEpoch, pooled, lift) = (0, 0, 0.0);
        for (var run = 0; run < Runs; run++)
        {
            var chance = SplitMix64.Stream(11, (ulong)run);
            var (c1, t1) = (Successes(ref chance, 36_000, 0.04), Successes(ref chance, 4_000, 0.04));
            var (c2, t2) = (Successes(ref chance, 20_000, 0.06), Successes(ref chance, 20_000, 0.06));
            var pair = Strata.Combine([(Estimate(t1, 4_000), Estimate(c1, 36_000)), (Estimate(t2, 20_000), Estimate(c2, 20_000))]).Value;
            var effect = pair.Relative().Value;
            lift += effect.Value / Runs;
            byEpoch += effect.PValue < 0.05 ? 1 : 0;
            pooled += Effect.Relative(Estimate(t1 + t2, 24_000), Estimate(c1 + c2, 56_000)).Value.PValue < 0.05 ? 1 : 0;
        }

        ((double)byEpoch / Runs).ShouldBeLessThanOrEqualTo(0.05 + (2.6 * Math.Sqrt(0.05 * 0.95 / Runs)));
        lift.ShouldBe(0, 0.005);
        pooled.ShouldBe(Runs);
    }

    [Fact]
    public void An_epoch_in_which_an_arm_has_nobody_is_left_out()
    {
        var (treatment, control) = (new UnitSums(10, 20, 60).MeanEstimate(), new UnitSums(20, 30, 70).MeanEstimate());
        Strata.Combine([(default(UnitSums).MeanEstimate(), control), (treatment, control)]).ShouldBe(Strata.Combine([(treatment, control)]));
        Strata.Combine([(default(UnitSums).MeanEstimate(), control)]).Reason.ShouldBe(NotYet.NoUsers);
        Strata.Combine([]).Reason.ShouldBe(NotYet.NoUsers);
    }

    private static Finding<ArmEstimate> Estimate(long successes, long units) => UnitSums.ShareEstimate(successes, units);

    /// <summary>A binomial number by its normal approximation, rounded: the test is on weights and variances, not on tails.</summary>
    private static long Successes(ref SplitMix64 chance, long units, double rate) => (long)Math.Round((units * rate) + (chance.NextNormal() * Math.Sqrt(units * rate * (1 - rate))));
}
