using Shouldly;
using Splitrail.ExperimentSvc.Statistics;
using Splitrail.Tests.Unit.Experiments;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Statistics;

public sealed class PowerTests
{
    [ReferenceVectorsFact]
    public void Sizes_for_rates_by_the_arcsine_are_those_of_statsmodels()
    {
        foreach (var one in VectorCase.Of("power_proportions_arcsine"))
        {
            var units = Of(one).UnitsForRates(one.In("p1"), one.In("p2"), one.In("power"));
            one.Holds("cohen_h", Power.CohensH(one.In("p1"), one.In("p2")));
            one.Holds("n1", units);
            one.Holds("n1_ceil", Math.Ceiling(units));
        }
    }

    [ReferenceVectorsFact]
    public void Sizes_powers_and_effects_of_means_are_those_of_statsmodels()
    {
        foreach (var one in VectorCase.Of("power_means_t"))
        {
            var power = Of(one);
            switch (one.Input.GetProperty("solve").GetString())
            {
                case "nobs1":
                    one.Holds("nobs1", power.UnitsFor(one.In("effect_size"), one.In("power")));
                    break;
                case "power":
                    one.Holds("power", power.Of(one.In("effect_size"), one.In("nobs1")));
                    break;
                case "effect_size":
                    HoldsEffect(one, power);
                    break;
                case var other:
                    throw new InvalidOperationException(other);
            }
        }
    }

    /// <summary>
    /// The reference looks for an effect by Brent's method and stops within 10⁻⁵ of it: the same search in our power gives its answers at their tolerance, and the effect itself is as near to them as
    /// that search is to it.
    /// </summary>
    private static void HoldsEffect(VectorCase one, Power power)
    {
        const double ReferenceStop = 1e-5;
        var (units, wanted) = (one.In("nobs1"), one.In("power"));
        one.Holds("effect_size", BrentSearch.Root(effect => power.Of(effect, units) - wanted, 1e-8, 1, ReferenceStop));
        var effect = power.EffectFor(units, wanted);
        effect.ShouldBe(one.At("effect_size").GetDouble(), ReferenceStop, one.Id);
        Math.Abs(power.Of(effect, units) - wanted).ShouldBeLessThan(1e-9, one.Id);
    }

    [Theory]
    [InlineData(0.02, 1)]
    [InlineData(0.5, 0.1)]
    public void The_size_for_a_power_finds_that_effect_with_that_power(double effect, double ratio)
    {
        var power = new Power(0.05, ratio);
        var units = power.UnitsFor(effect, 0.8);
        power.Of(effect, units).ShouldBe(0.8, 1e-9);
        power.EffectFor(units, 0.8).ShouldBe(effect, 1e-9 * effect);
    }

    [Fact]
    public void No_effect_needs_no_size_and_says_so() => Should.Throw<ArgumentOutOfRangeException>(static () => new Power(0.05, 1).UnitsFor(0, 0.8));

    private static Power Of(VectorCase one) => new(one.In("alpha"), one.In("ratio"), one.Input.GetProperty("alternative").GetString() == "two-sided" ? 2 : 1);
}
