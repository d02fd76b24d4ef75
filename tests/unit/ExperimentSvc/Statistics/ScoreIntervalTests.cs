using Shouldly;
using Splitrail.ExperimentSvc.Statistics;
using Splitrail.Tests.Unit.Experiments;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Statistics;

public sealed class ScoreIntervalTests
{
    /// <summary>The likelihood is maximised by search here and by a cubic's root there.</summary>
    [Theory]
    [InlineData(532, 10000, 500, 10000)]
    [InlineData(1, 100, 5, 100)]
    [InlineData(16, 30, 14, 28)]
    [InlineData(940, 9000, 9, 1000)]
    public void Both_ends_are_where_the_score_test_just_rejects(long x1, long n1, long x2, long n2)
    {
        var (treatment, control) = (new Share(x1, n1), new Share(x2, n2));
        var interval = ScoreInterval.Of(treatment, control, 0.05).Value;
        ScoreBySearch(treatment, control, interval.Low).ShouldBe(1.959964, 1e-5);
        ScoreBySearch(treatment, control, interval.High).ShouldBe(-1.959964, 1e-5);
    }

    /// <summary>
    /// statsmodels 0.14 writes x₀ (its count0) in one coefficient of the cubic where Miettinen and Nurminen have n₀: with that slip its numbers come out to its own tolerance;
    /// what it takes for the most likely rate is less likely than ours.
    /// </summary>
    [ReferenceVectorsFact]
    public void The_interval_of_statsmodels_is_this_one_with_a_slip_in_one_coefficient()
    {
        foreach (var one in VectorCase.Of("two_proportion_tests"))
        {
            var (treatment, control) = (new Share(one.Count("x1"), one.Count("n1")), new Share(one.Count("x2"), one.Count("n2")));
            var z = -Tails.NormalQuantile(one.In("alpha") / 2);
            var difference = treatment.Value - control.Value;
            one.Holds("ci95_diff_score", new Interval(Where(-1 + 1e-9, difference, z), Where(difference, 1 - 1e-9, -z)));
            var ours = ScoreInterval.Of(treatment, control, one.In("alpha")).Value;
            Likelihood(treatment, control, RateBySearch(treatment, control, ours.High), ours.High)
                .ShouldBeGreaterThanOrEqualTo(Likelihood(treatment, control, Slipped(treatment, control, ours.High, control.Successes), ours.High) - 1e-9, one.Id);

            double Where(double low, double high, double level)
            {
                for (var i = 0; i < 100; i++)
                {
                    var middle = (low + high) / 2;
                    var score = SlippedScore(treatment, control, middle);
                    // Far from the estimate the slipped cubic has no such root: that is beyond the end too.
                    (low, high) = score > level || (double.IsNaN(score) && level > 0) ? (middle, high) : (low, middle);
                }

                return (low + high) / 2;
            }
        }
    }

    /// <summary>With n₀ itself the cubic's root is the most likely rate.</summary>
    [Fact]
    public void Without_the_slip_the_root_is_the_most_likely_rate()
    {
        var (treatment, control) = (new Share(532, 10_000), new Share(500, 10_000));
        Slipped(treatment, control, 0.004, control.Units).ShouldBe(RateBySearch(treatment, control, 0.004), 1e-8);
        Math.Abs(Slipped(treatment, control, 0.004, control.Successes) - RateBySearch(treatment, control, 0.004)).ShouldBeGreaterThan(1e-6);
    }

    private static double SlippedScore(Share treatment, Share control, double difference)
    {
        double units = treatment.Units + control.Units;
        var rate = difference == 0 ? (treatment.Successes + control.Successes) / units : Slipped(treatment, control, difference, control.Successes);
        var other = rate + difference;
        var variance = (other * (1 - other) / treatment.Units) + (rate * (1 - rate) / control.Units);
        return (treatment.Value - control.Value - difference) / Math.Sqrt(variance);
    }

    /// <param name="treatment">Group 1.</param>
    /// <param name="control">Group 0.</param>
    /// <param name="difference">Of the hypothesis.</param>
    /// <param name="n0">What stands where n₀ should.</param>
    private static double Slipped(Share treatment, Share control, double difference, double n0)
    {
        double units = treatment.Units + control.Units, successes = treatment.Successes + control.Successes;
        var second = ((treatment.Units + (2.0 * control.Units)) * difference) - units - successes;
        var first = (((n0 * difference) - units - (2.0 * control.Successes)) * difference) + successes;
        var q = Math.Pow(second / (3 * units), 3) - (first * second / (6 * units * units)) + (control.Successes * difference * (1 - difference) / (2 * units));
        var p = Math.Sign(q) * Math.Sqrt(Math.Pow(second / (3 * units), 2) - (first / (3 * units)));
        return (2 * p * Math.Cos((Math.PI + Math.Acos(q / (p * p * p))) / 3)) - (second / (3 * units));
    }

    private static double ScoreBySearch(Share treatment, Share control, double difference)
    {
        var rate = RateBySearch(treatment, control, difference);
        var variance = ((rate + difference) * (1 - rate - difference) / treatment.Units) + (rate * (1 - rate) / control.Units);
        return (treatment.Value - control.Value - difference) / Math.Sqrt(variance);
    }

    private static double RateBySearch(Share treatment, Share control, double difference)
    {
        var (low, high) = (Math.Max(0, -difference), Math.Min(1, 1 - difference));
        for (var i = 0; i < 200; i++)
        {
            var third = (high - low) / 3;
            (low, high) = Likelihood(treatment, control, low + third, difference) < Likelihood(treatment, control, high - third, difference) ? (low + third, high) : (low, high - third);
        }

        return (low + high) / 2;
    }

    private static double Likelihood(Share treatment, Share control, double rate, double difference)
    {
        return Of(treatment, rate + difference) + Of(control, rate);

        static double Of(Share share, double p) => (share.Successes * Math.Log(p)) + ((share.Units - share.Successes) * Math.Log(1 - p));
    }
}
