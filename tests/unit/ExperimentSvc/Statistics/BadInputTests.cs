using Shouldly;
using Splitrail.ExperimentSvc.Statistics;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Statistics;

public sealed class BadInputTests
{
    private static readonly double[][] s_samples = [[], [0], [3], [0, 0], [5, 5, 5], [-1, 1], [0, 0, 0, 7], [1e200, -1e200], [1e300, 1e300, 1], [1e-200, 2e-200, 0], [double.MaxValue, 1]];

    [Fact]
    public void No_statistic_of_any_two_samples_is_infinite_or_no_number()
    {
        foreach (var one in s_samples)
        {
            foreach (var other in s_samples)
            {
                var what = $"[{string.Join(' ', one)}] against [{string.Join(' ', other)}]";
                foreach (var number in Effects(one, other).SelectMany(Numbers).Concat(Skewed(one, other)))
                    double.IsFinite(number).ShouldBeTrue(what);
            }
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(0, 1_000_000_000)]
    [InlineData(1_000_000_000, 1_000_000_000)]
    public void No_interval_of_a_rate_leaves_0_to_1(long successes, long units)
    {
        var share = new Share(successes, units);
        foreach (var interval in new[] { share.Wilson(0.05), share.AgrestiCoull(0.05), share.ClopperPearson(0.05), share.Jeffreys(0.05) })
        {
            interval.Low.ShouldBeInRange(0, 1);
            interval.High.ShouldBeInRange(interval.Low, 1);
        }
    }

    private static IEnumerable<Finding<Effect>> Effects(double[] one, double[] other)
    {
        var (treatment, control) = (UnitSums.Of(one).MeanEstimate(), UnitSums.Of(other).MeanEstimate());
        yield return Effect.Absolute(treatment, control);
        yield return Effect.Relative(treatment, control);
        var (pairs, others) = (Pairs(one), Pairs(other));
        yield return Effect.Absolute(RatioMetric.Estimate(pairs), RatioMetric.Estimate(others));
        yield return Effect.Relative(RatioMetric.Estimate(pairs), RatioMetric.Estimate(others));
        var slope = Cuped.Slope(pairs, others);
        yield return Effect.Absolute(Cuped.Estimate(pairs, slope), Cuped.Estimate(others, slope));
        yield return Effect.Relative(Cuped.Estimate(pairs, slope), Cuped.Estimate(others, slope));
        yield return Strata.Combine([(treatment, control), (control, treatment)]).Then(static pair => pair.Relative());
    }

    private static IEnumerable<double> Numbers(Finding<Effect> finding)
    {
        if (!finding.TryGet(out var effect))
            return [];
        var (interval, sequence) = (effect.Interval(0.05), new AnytimeSequence(effect, 10, 5000));
        return [effect.Value, effect.StandardError, effect.PValue, interval.Low, interval.High, sequence.PValue(0.05), sequence.Upper(0.05), NormalPosterior.Of(effect, null).LossOfControl];
    }

    private static IEnumerable<double> Skewed(double[] one, double[] other)
    {
        if (!SkewedEffect.Of(Skew(one).MeanEstimate(), Skew(other).MeanEstimate()).TryGet(out var effect))
            return [];
        return [effect.T, effect.PValue, effect.Interval(0.05).Low, effect.Interval(0.05).High];
    }

    private static PairSums Pairs(double[] values) => PairSums.Of(values.Select(static (x, i) => (x, (double)(i % 2))));

    private static SkewSums Skew(double[] values) => values.Aggregate(default(SkewSums), static (sums, x) => sums + SkewSums.One(x));
}
