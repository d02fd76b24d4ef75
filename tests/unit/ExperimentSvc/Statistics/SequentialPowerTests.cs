using Shouldly;
using Splitrail.ExperimentSvc.Statistics;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Statistics;

public sealed class SequentialPowerTests
{
    private static readonly double[] s_five = [0.2, 0.4, 0.6, 0.8, 1];

    /// <summary>Jennison and Turnbull 1999, tables 2.2 and 2.4: 5 looks, alpha 5 %, power 80 %.</summary>
    [Fact]
    public void Classic_tests_need_as_many_more_users_as_the_tables_say()
    {
        SequentialPower.Inflation(s_five, [.. s_five.Select(static _ => 2.4132)], 0.05, 0.8).ShouldBe(1.229, 0.001);
        SequentialPower.Inflation(s_five, [.. s_five.Select(static t => 2.0401 / Math.Sqrt(t))], 0.05, 0.8).ShouldBe(1.028, 0.001);
    }

    [Fact]
    public void Without_an_effect_both_sides_err_by_half_of_alpha()
    {
        foreach (var spending in new[] { AlphaSpending.OBrienFleming, AlphaSpending.Pocock })
        {
            var power = SequentialPower.Of(s_five, GroupSequential.Boundaries(s_five, 0.05, spending), 0);
            power.Found.ShouldBe(0.025, 1e-6, spending.Name);
            power.Wrong.ShouldBe(0.025, 1e-6, spending.Name);
            power.ExpectedInformation.ShouldBeInRange(0.9, 1);
        }
    }

    /// <summary>At the effect that a fixed test of this size finds with a power of 80 %.</summary>
    [Fact]
    public void Looking_early_costs_little_power_and_saves_users()
    {
        var drift = Tails.NormalQuantile(0.8) - Tails.NormalQuantile(0.025);
        var power = SequentialPower.Of(s_five, GroupSequential.Boundaries(s_five, 0.05, AlphaSpending.OBrienFleming), drift);
        (power.Found / 0.8).ShouldBeGreaterThan(0.97);
        power.ExpectedInformation.ShouldBeLessThan(0.85);
    }
}
