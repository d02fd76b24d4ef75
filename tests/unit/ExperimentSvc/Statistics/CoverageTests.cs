using Shouldly;
using Splitrail.ExperimentSvc.Statistics;
using Splitrail.Randomness;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Statistics;

/// <summary>Seeded simulations of two arms with a known truth; 2.6 Monte Carlo errors are allowed.</summary>
public sealed class CoverageTests
{
    private const int Runs = 1500;
    private const double Alpha = 0.05;

    private static readonly double s_allowed = 2.6 * Math.Sqrt(Alpha * (1 - Alpha) / Runs);

    /// <summary>Users have a taste of their own, so that their impressions depend on each other: a test by impressions would err far more often.</summary>
    [Fact]
    public void Ratios_by_unit_and_their_lift_are_covered_as_often_as_they_say()
    {
        var (absolute, relative, byImpression) = (0, 0, 0);
        for (var run = 0; run < Runs; run++)
        {
            var chance = SplitMix64.Stream(29, (ulong)run);
            var (a, b) = (Clicks(ref chance, 400), Clicks(ref chance, 400));
            var (control, treatment) = (RatioMetric.Estimate(a), RatioMetric.Estimate(b));
            absolute += Effect.Absolute(treatment, control).Value.Interval(Alpha).Contains(0) ? 1 : 0;
            relative += Effect.Relative(treatment, control).Value.Interval(Alpha).Contains(0) ? 1 : 0;
            byImpression += Math.Abs(ProportionTest.Of(Naive(b), Naive(a)).Value.Z) < 1.96 ? 1 : 0;
        }

        ((double)absolute / Runs).ShouldBe(1 - Alpha, s_allowed);
        ((double)relative / Runs).ShouldBe(1 - Alpha, s_allowed);
        ((double)byImpression / Runs).ShouldBeLessThan(0.9);
    }

    [Fact]
    public void Cuped_covers_as_often_as_it_says_and_takes_the_variance_of_the_covariate_away()
    {
        const double Correlation = 0.7;
        var (covered, reduction) = (0, 0.0);
        for (var run = 0; run < Runs; run++)
        {
            var chance = SplitMix64.Stream(31, (ulong)run);
            var (a, b) = (Correlated(ref chance, 300, Correlation), Correlated(ref chance, 300, Correlation));
            var slope = Cuped.Slope(a, b);
            var effect = Effect.Absolute(Cuped.Estimate(b, slope), Cuped.Estimate(a, slope)).Value;
            var plain = Effect.Absolute(b.First.MeanEstimate(), a.First.MeanEstimate()).Value;
            covered += effect.Interval(Alpha).Contains(0) ? 1 : 0;
            reduction += Math.Pow(effect.StandardError / plain.StandardError, 2) / Runs;
        }

        ((double)covered / Runs).ShouldBe(1 - Alpha, s_allowed);
        reduction.ShouldBe(1 - (Correlation * Correlation), 0.01);
    }

    private static Share Naive(PairSums sums) => new((long)sums.First.Sum, (long)sums.Second.Sum);

    private static PairSums Clicks(ref SplitMix64 chance, int users)
    {
        var sums = default(PairSums);
        for (var user = 0; user < users; user++)
        {
            var (impressions, taste, clicks) = (1 + chance.NextInt(12), 0.5 * Math.Pow(chance.NextDouble(), 2), 0);
            for (var i = 0; i < impressions; i++)
                clicks += chance.NextDouble() < taste ? 1 : 0;
            sums += One(clicks, impressions);
        }

        return sums;
    }

    private static PairSums Correlated(ref SplitMix64 chance, int users, double correlation)
    {
        var sums = default(PairSums);
        for (var user = 0; user < users; user++)
        {
            var before = chance.NextNormal();
            sums += One(5 + (correlation * before) + (Math.Sqrt(1 - (correlation * correlation)) * chance.NextNormal()), 10 + before);
        }

        return sums;
    }

    private static PairSums One(double x, double y) => new(new UnitSums(1, x, x * x), new UnitSums(1, y, y * y), x * y);
}
