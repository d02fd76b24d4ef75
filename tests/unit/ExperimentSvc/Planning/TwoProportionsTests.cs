using Shouldly;
using Splitrail.ExperimentSvc.Planning;
using Splitrail.Tests.Unit.Experiments;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Planning;

public sealed class TwoProportionsTests
{
    [ReferenceVectorsFact]
    public void Size_and_power_are_those_of_statsmodels()
    {
        var cases = ReferenceVectors.Of("power_proportions_pooled").Where(static one => one.Input.GetProperty("alternative").GetString() == "two-sided").ToArray();
        cases.Length.ShouldBeGreaterThan(5);
        foreach (var (id, input, expected) in cases)
        {
            double In(string name) => input.GetProperty(name).GetDouble();
            var test = new TwoProportions(In("prop2"), In("prop2") + In("diff"), In("ratio"));
            Close(test.PowerOf(In("nobs1"), In("alpha")), expected.GetProperty("power").GetDouble(), id);
            Close(test.UnitsFor(In("target_power"), In("alpha")), expected.GetProperty("n_for_target_power_one_tail").GetDouble(), id);
        }
    }

    [Fact]
    public void The_size_for_a_power_has_that_power()
    {
        var test = new TwoProportions(0.05, 0.055, 3);
        test.PowerOf(test.UnitsFor(0.8, 0.05), 0.05).ShouldBe(0.8, 1e-5);
    }

    private static void Close(double value, double expected, string id) => Math.Abs(value - expected).ShouldBeLessThanOrEqualTo(1e-6 * Math.Abs(expected), id);
}
