using Shouldly;
using Splitrail.ExperimentSvc.Statistics;
using Splitrail.Randomness;
using Splitrail.Tests.Unit.Experiments;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Statistics;

public sealed class AnytimeSequenceTests
{
    [ReferenceVectorsFact]
    public void Two_sided_sequences_are_those_of_growthbook()
    {
        foreach (var one in VectorCase.Of("gb_sequential"))
        {
            var (sequence, alpha) = (Of(one), one.In("alpha"));
            one.Holds("expected", sequence.Effect.Value);
            one.Holds("se", sequence.Effect.StandardError);
            one.Holds("rho", AnytimeSequence.Rho(alpha, one.In("tuning_parameter")));
            one.Holds("halfwidth", sequence.HalfWidth(alpha));
            one.Holds("ci", sequence.Interval(alpha));
            one.Holds("p_value", sequence.PValue(alpha));
        }
    }

    [ReferenceVectorsFact]
    public void One_sided_sequences_are_those_of_growthbook()
    {
        foreach (var one in VectorCase.Of("gb_sequential_one_sided"))
        {
            var (sequence, alpha) = (Of(one), one.In("alpha"));
            one.Holds("halfwidth", sequence.OneSidedHalfWidth(alpha));
            one.Holds("upper_bound_lesser", sequence.Upper(alpha));
            one.Holds("lower_bound_greater", sequence.Lower(alpha));
        }
    }

    [Fact]
    public void Looking_after_every_hundred_users_crosses_no_more_often_than_alpha()
    {
        const int Runs = 1000;
        const double Alpha = 0.05;
        var (crossed, naive) = (0, 0);
        for (var run = 0; run < Runs; run++)
        {
            var chance = SplitMix64.Stream(7, (ulong)run);
            var (a, b, wasNaive, was) = (default(UnitSums), default(UnitSums), false, false);
            for (var look = 0; look < 60; look++)
            {
                (a, b) = (a + Hundred(ref chance), b + Hundred(ref chance));
                var effect = Effect.Absolute(b.MeanEstimate(), a.MeanEstimate()).Value;
                was |= !new AnytimeSequence(effect, a.Units + b.Units, 5000).Interval(Alpha).Contains(0);
                wasNaive |= Math.Abs(effect.T) > 1.96;
            }

            (crossed, naive) = (crossed + (was ? 1 : 0), naive + (wasNaive ? 1 : 0));
        }

        var error = Math.Sqrt(Alpha * (1 - Alpha) / Runs);
        ((double)crossed / Runs).ShouldBeLessThanOrEqualTo(Alpha + (2.6 * error));
        ((double)naive / Runs).ShouldBeGreaterThan(0.25);
    }

    /// <summary>The rollback rule on revenue at 90/10, looked at after every 200 users of the small arm from 800 on, without an effect.</summary>
    [Fact]
    public void Skewed_revenue_with_a_small_arm_is_rolled_back_no_more_often_than_alpha()
    {
        const int Runs = 400;
        const double Alpha = 0.025;
        var (corrected, plain) = (0, 0);
        for (var run = 0; run < Runs; run++)
        {
            var chance = SplitMix64.Stream(19, (ulong)run);
            var (treatment, control, was, wasPlain) = (Revenue(ref chance, 600), Revenue(ref chance, 5400), false, false);
            for (var look = 0; look < 20; look++)
            {
                (treatment, control) = (treatment + Revenue(ref chance, 200), control + Revenue(ref chance, 1800));
                var units = treatment.Sums.Units + control.Sums.Units;
                var effect = SkewedEffect.Of(treatment.MeanEstimate(), control.MeanEstimate()).Value;
                was |= effect.IntervalAt(AnytimeSequence.OneSidedCritical(units, 20_000, Alpha)).High < 0;
                wasPlain |= effect.Effect.Interval(2 * Alpha).High < 0;
            }

            (corrected, plain) = (corrected + (was ? 1 : 0), plain + (wasPlain ? 1 : 0));
        }

        ((double)corrected / Runs).ShouldBeLessThanOrEqualTo(Alpha);
        ((double)plain / Runs).ShouldBeGreaterThan(0.1);
    }

    private static SkewSums Revenue(ref SplitMix64 chance, int users)
    {
        var sums = default(SkewSums);
        for (var i = 0; i < users; i++)
            sums += SkewSums.One(chance.NextDouble() < 0.05 ? Math.Exp(chance.NextNormal()) : 0);
        return sums;
    }

    private static UnitSums Hundred(ref SplitMix64 chance)
    {
        var sums = default(UnitSums);
        for (var i = 0; i < 100; i++)
        {
            var x = chance.NextDouble();
            sums += new UnitSums(1, x, x * x);
        }

        return sums;
    }

    private static AnytimeSequence Of(VectorCase one)
    {
        var (a, b) = (VectorCase.Arm(one.Input.GetProperty("a")), VectorCase.Arm(one.Input.GetProperty("b")));
        var effect = one.Input.GetProperty("difference_type").GetString() == "relative" ? Effect.Relative(b, a) : Effect.Absolute(b, a);
        return new AnytimeSequence(effect.Value, a.Value.Units + b.Value.Units, one.In("tuning_parameter"));
    }
}
