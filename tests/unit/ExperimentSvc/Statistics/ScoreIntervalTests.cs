using Shouldly;
using Splitrail.ExperimentSvc.Statistics;
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

    private static double ScoreBySearch(Share treatment, Share control, double difference)
    {
        var (low, high) = (Math.Max(0, -difference), Math.Min(1, 1 - difference));
        for (var i = 0; i < 200; i++)
        {
            var third = (high - low) / 3;
            (low, high) = Likelihood(low + third) < Likelihood(high - third) ? (low + third, high) : (low, high - third);
        }

        var rate = (low + high) / 2;
        var variance = ((rate + difference) * (1 - rate - difference) / treatment.Units) + (rate * (1 - rate) / control.Units);
        return (treatment.Value - control.Value - difference) / Math.Sqrt(variance);

        double Likelihood(double p) => Of(treatment, p + difference) + Of(control, p);
        static double Of(Share share, double p) => (share.Successes * Math.Log(p)) + ((share.Units - share.Successes) * Math.Log(1 - p));
    }
}
