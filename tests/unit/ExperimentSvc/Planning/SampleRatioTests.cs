using Shouldly;
using Splitrail.ExperimentSvc.Planning;
using Splitrail.Tests.Unit.Experiments;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Planning;

public sealed class SampleRatioTests
{
    [ReferenceVectorsFact]
    public void The_p_values_are_those_of_scipy_and_growthbook()
    {
        foreach (var group in new[] { "srm_chi_square", "gb_ui_srm" })
        {
            foreach (var (id, input, expected) in ReferenceVectors.Of(group))
            {
                var observed = input.GetProperty("observed").EnumerateArray().Select(static one => one.GetInt64()).ToArray();
                var weights = input.GetProperty("weights").EnumerateArray().Select(static one => one.GetDouble()).ToArray();
                var p = expected.GetProperty("p_value").GetDouble();
                Math.Abs(SampleRatio.PValue(observed, weights) - p).ShouldBeLessThanOrEqualTo(5e-10 + (1e-9 * p), id);
            }
        }
    }

    [Theory]
    [InlineData(9, false)]
    [InlineData(10, true)]
    public void Too_few_units_say_nothing(long units, bool enough) => SampleRatio.IsEnough(units, [0.5, 0.5, 0]).ShouldBe(enough);
}
