using Shouldly;
using Splitrail.ExperimentSvc.Statistics;
using Splitrail.Randomness;
using Splitrail.Tests.Unit.Experiments;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Statistics;

public sealed class QuantileIntervalTests
{
    [ReferenceVectorsFact]
    public void Intervals_of_order_statistics_are_those_of_scipy()
    {
        foreach (var one in VectorCase.Of("quantile_ci_exact"))
        {
            double[] sorted = [.. one.Numbers("x").Order()];
            one.Holds("numpy_quantile_linear", QuantileInterval.Estimate(sorted, one.In("p")));
            one.Holds("ci95", QuantileInterval.Of(sorted, one.In("p"), 0.05).Value);
        }
    }

    [ReferenceVectorsFact]
    public void Comparisons_of_quantiles_are_those_of_growthbook()
    {
        foreach (var one in VectorCase.Of("gb_quantile_metric"))
        {
            var (a, b) = (Arm(one, "a"), Arm(one, "b"));
            one.Holds("var_a", a.Value.ErrorVariance * a.Value.Units);
            one.Holds("var_b", b.Value.ErrorVariance * b.Value.Units);
            Holds(one, "absolute.", Effect.Absolute(b, a).Value);
            Holds(one, "relative.", Effect.Relative(b, a).Value);
        }

        static Finding<ArmEstimate> Arm(VectorCase one, string arm)
        {
            var sums = one.Input.GetProperty(arm);
            double Of(string name) => sums.GetProperty(name).GetDouble();
            return QuantileInterval.Estimate((long)Of("n"), (long)Of("n_star"), Of("quantile_hat"), new Interval(Of("quantile_lower"), Of("quantile_upper")));
        }
    }

    [Theory]
    [InlineData(0.5, 200)]
    [InlineData(0.9, 200)]
    [InlineData(0.99, 1000)]
    public void The_interval_covers_the_quantile_at_least_as_often_as_it_says(double quantile, int units)
    {
        const int Runs = 1000;
        var covered = 0;
        var values = new double[units];
        for (var run = 0; run < Runs; run++)
        {
            var chance = SplitMix64.Stream(13, (ulong)run);
            for (var i = 0; i < units; i++)
                values[i] = chance.NextDouble();
            Array.Sort(values);
            covered += QuantileInterval.Of(values, quantile, 0.05).Value.Contains(quantile) ? 1 : 0;
        }

        ((double)covered / Runs).ShouldBeInRange(0.95 - (2.6 * Math.Sqrt(0.05 * 0.95 / Runs)), 0.985);
    }

    [Fact]
    public void Too_few_values_say_so()
    {
        QuantileInterval.Of([1, 2, 3], 0.99, 0.05).Reason.ShouldBe(NotYet.TooFew);
        QuantileInterval.Of([], 0.5, 0.05).Reason.ShouldBe(NotYet.NoUsers);
    }

    private static void Holds(VectorCase one, string path, Effect effect)
    {
        one.Holds(path + "expected", effect.Value);
        one.Holds(path + "se", effect.StandardError);
        one.Holds(path + "df", effect.Freedom);
        one.Holds(path + "p_value", effect.PValue);
        one.Holds(path + "ci", effect.Interval(0.05));
    }
}
