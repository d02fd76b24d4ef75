using Shouldly;
using Splitrail.ExperimentSvc.Statistics;
using Splitrail.Tests.Unit.Experiments;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Statistics;

public sealed class MultipleTestingTests
{
    [ReferenceVectorsFact]
    public void Adjusted_p_values_are_those_of_statsmodels()
    {
        foreach (var one in VectorCase.Of("multiple_testing"))
        {
            var p = one.Numbers("p");
            Holds(one, "bonferroni", MultipleTesting.Bonferroni(p));
            Holds(one, "sidak", MultipleTesting.Sidak(p));
            Holds(one, "holm-sidak", MultipleTesting.HolmSidak(p));
            Holds(one, "hommel", MultipleTesting.Hommel(p));
            Holds(one, "holm", MultipleTesting.Holm(p));
            Holds(one, "simes-hochberg", MultipleTesting.Hochberg(p));
            Holds(one, "fdr_bh", MultipleTesting.BenjaminiHochberg(p));
            Holds(one, "fdr_by", MultipleTesting.BenjaminiYekutieli(p));
        }
    }

    [Fact]
    public void No_hypothesis_needs_no_adjustment()
    {
        MultipleTesting.Holm([]).ShouldBeEmpty();
        MultipleTesting.BenjaminiHochberg([]).ShouldBeEmpty();
    }

    private static void Holds(VectorCase one, string method, double[] adjusted)
    {
        var expected = one.At(method + ".adjusted");
        var reject = one.At(method + ".reject");
        adjusted.Length.ShouldBe(expected.GetArrayLength());
        for (var i = 0; i < adjusted.Length; i++)
        {
            one.Holds($"{method}[{i}]", adjusted[i], expected[i].GetDouble());
            // At alpha itself the reference decides by its last bit.
            if (Math.Abs(adjusted[i] - one.In("alpha")) > 1e-12)
                (adjusted[i] < one.In("alpha")).ShouldBe(reject[i].GetBoolean(), $"{one.Id} {method}[{i}]");
        }
    }
}
