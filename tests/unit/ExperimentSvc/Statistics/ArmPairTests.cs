using Shouldly;
using Splitrail.ExperimentSvc.Statistics;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Statistics;

public sealed class ArmPairTests
{
    private static readonly ArmEstimate s_small = Arm(100, 4, 2);
    private static readonly ArmEstimate s_large = Arm(900, 9, 27);

    [Fact]
    public void Pooled_arms_have_one_variance_and_third_moment_by_users()
    {
        var pooled = new ArmPair(s_small, s_large).Pooled();
        (pooled.Treatment.ErrorVariance * 100).ShouldBe(8.5, 1e-12);
        (pooled.Control.ErrorVariance * 900).ShouldBe(8.5, 1e-12);
        (pooled.Treatment.ThirdCumulant * 100 * 100).ShouldBe(24.5, 1e-12);
        pooled.Treatment.Baseline.Covariance.ShouldBe(0.085, 1e-12);
        pooled.Treatment.Value.ShouldBe(s_small.Value);
    }

    [Fact]
    public void Equal_arms_of_one_shape_lean_to_no_side_whatever_their_third_moments_are()
    {
        var pair = new ArmPair(Arm(500, 4, 1), Arm(500, 4, 50));
        SkewedEffect.Of(pair.Treatment, pair.Control).Value.Skewness.ShouldBeLessThan(-0.03);
        var shaped = pair.OfOneShape();
        SkewedEffect.Of(shaped.Treatment, shaped.Control).Value.Skewness.ShouldBe(0, 1e-15);
        shaped.Treatment.ErrorVariance.ShouldBe(pair.Treatment.ErrorVariance);
    }

    [Fact]
    public void Arms_without_variance_stay_as_they_are()
    {
        var none = new ArmPair(Arm(10, 0, 0), Arm(10, 0, 0));
        none.Pooled().ShouldBe(none);
        none.OfOneShape().ShouldBe(none);
    }

    /// <summary>Of a unit's variance and third central moment.</summary>
    private static ArmEstimate Arm(long units, double variance, double moment) =>
        ArmEstimate.Of(units, 1, variance).Value with { ThirdCumulant = moment / units / units };
}
