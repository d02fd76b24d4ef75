using Shouldly;
using Splitrail.ExperimentSvc.Statistics;
using Splitrail.Randomness;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Statistics;

public sealed class SkewedEffectTests
{
    /// <summary>Revenue of buyers, one in twenty, at 90/10 and no effect: Welch's interval lies too low where the small arm had few large orders.</summary>
    [Fact]
    public void Both_sides_of_the_interval_miss_as_often_as_they_should_where_welchs_do_not()
    {
        const int Runs = 4000;
        var (below, above, welchBelow, welchAbove) = (0, 0, 0, 0);
        for (var run = 0; run < Runs; run++)
        {
            var chance = SplitMix64.Stream(17, (ulong)run);
            var effect = SkewedEffect.Of(Revenue(ref chance, 400).MeanEstimate(), Revenue(ref chance, 3600).MeanEstimate()).Value;
            var (interval, welch) = (effect.Interval(0.05), effect.Effect.Interval(0.05));
            (below, above) = (below + (interval.High < 0 ? 1 : 0), above + (interval.Low > 0 ? 1 : 0));
            (welchBelow, welchAbove) = (welchBelow + (welch.High < 0 ? 1 : 0), welchAbove + (welch.Low > 0 ? 1 : 0));
        }

        double[] shares = [.. new[] { below, above, welchBelow, welchAbove }.Select(static count => (double)count / Runs)];
        shares[2].ShouldBeGreaterThan(0.05, "of Welch's below");
        shares[0].ShouldBeLessThan(0.04, "below");
        shares[1].ShouldBeInRange(0.01, 0.04, "above");
        Math.Abs(shares[0] + shares[1] - 0.05).ShouldBeLessThan(Math.Abs(shares[2] + shares[3] - 0.05));
    }

    [Fact]
    public void The_interval_ends_where_the_test_just_rejects()
    {
        var chance = new SplitMix64(1);
        var (treatment, control) = (Revenue(ref chance, 400), Revenue(ref chance, 3600));
        var low = SkewedEffect.Of(treatment.MeanEstimate(), control.MeanEstimate()).Value.Interval(0.05).Low;
        // The treatment's values shifted by the lower end.
        var (n, s, q, c) = (treatment.Sums.Units, treatment.Sums.Sum, treatment.Sums.Squares, treatment.Cubes);
        var shifted = new SkewSums(new UnitSums(n, s - (n * low), q - (2 * low * s) + (n * low * low)), c - (3 * low * q) + (3 * low * low * s) - (n * low * low * low));
        SkewedEffect.Of(shifted.MeanEstimate(), control.MeanEstimate()).Value.PValue.ShouldBe(0.05, 1e-6);
    }

    [Fact]
    public void Symmetric_values_are_left_as_they_are()
    {
        var sums = SkewSums.One(1) + SkewSums.One(2) + SkewSums.One(3);
        var effect = SkewedEffect.Of(sums.MeanEstimate(), (sums + sums).MeanEstimate()).Value;
        effect.Skewness.ShouldBe(0, 1e-12);
        effect.Interval(0.05).ShouldBe(effect.Effect.Interval(0.05));
    }

    [Fact]
    public void Two_users_have_no_skewness_yet() =>
        (SkewSums.One(1) + SkewSums.One(2)).MeanEstimate().Reason.ShouldBe(NotYet.TooFew);

    /// <summary>One epoch told in two halves is the same, but for the variance's degrees of freedom.</summary>
    [Fact]
    public void Epochs_keep_the_skewness_of_what_they_are_made_of()
    {
        var sums = SkewSums.One(0) + SkewSums.One(0) + SkewSums.One(0) + SkewSums.One(0) + SkewSums.One(9);
        var (small, large) = (sums + sums + sums, sums + sums + sums + sums + sums + sums + sums);
        var pair = Strata.Combine([(small.MeanEstimate(), large.MeanEstimate()), (small.MeanEstimate(), large.MeanEstimate())]).Value;
        var once = SkewedEffect.Of(small.MeanEstimate(), large.MeanEstimate()).Value;
        SkewedEffect.Of(pair.Treatment, pair.Control).Value.Skewness.ShouldBe(once.Skewness / Math.Sqrt(2), 1e-12);
    }

    private static SkewSums Revenue(ref SplitMix64 chance, int users)
    {
        var sums = default(SkewSums);
        for (var i = 0; i < users; i++)
            sums += SkewSums.One(chance.NextDouble() < 0.05 ? -Math.Log(1 - chance.NextDouble()) : 0);
        return sums;
    }
}
