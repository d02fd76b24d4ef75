using Shouldly;
using Splitrail.ExperimentSvc.Statistics;
using Splitrail.Tests.Unit.Experiments;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Statistics;

public sealed class CappingTests
{
    [ReferenceVectorsFact]
    public void Capped_means_are_those_of_scipy()
    {
        foreach (var one in VectorCase.Of("winsorize"))
        {
            var values = one.Numbers("x");
            var cap = Capping.Cap([.. values.Order()], one.In("upper_fraction"));
            var sums = Capping.Sums(values, cap);
            one.Holds("max", cap);
            one.Holds("mean", sums.Mean);
            one.Holds("var", sums.Variance);
        }
    }

    [Fact]
    public void Nothing_to_cap_is_refused() => Should.Throw<ArgumentOutOfRangeException>(static () => Capping.Cap([], 0.1));
}
