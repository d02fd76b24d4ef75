using Shouldly;
using Splitrail.ExperimentSvc.Statistics;
using Splitrail.Randomness;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Statistics;

public sealed class RateRatioSequenceTests
{
    private const double Alpha = 0.025;

    [Fact]
    public void Factor_averages_to_itself_over_whose_the_next_success_is()
    {
        // Of users 3 : 1 the treatment has the next success with a chance of 3/4 when rates are equal.
        static double After(int treatment, int control) => Math.Exp(RateRatioSequence.LogEvidenceBelow([new RatePair(treatment, 3000, control, 1000)], 1));
        ((0.75 * After(41, 20)) + (0.25 * After(40, 21))).ShouldBe(After(40, 20), 1e-12 * After(40, 20));
    }

    [Fact]
    public void Rates_that_rise_while_the_split_is_edited_are_no_evidence()
    {
        RatePair early = new(400, 10_000, 3600, 90_000), late = new(3000, 50_000, 3000, 50_000);
        RateRatioSequence.LogEvidenceBelow([early, late], 1).ShouldBeLessThan(0);
        RatePair pooled = new(3400, 60_000, 6600, 140_000);
        RateRatioSequence.LogEvidenceBelow([pooled.Mirrored], 1).ShouldBeGreaterThan(30);
    }

    [Fact]
    public void Successes_that_stop_are_noticed_after_a_dozen_of_the_others()
    {
        RateRatioSequence.LogEvidenceBelow([new RatePair(0, 300, 13, 300)], 1).ShouldBeGreaterThan(-Math.Log(Alpha));
        RateRatioSequence.LogEvidenceBelow([new RatePair(0, 300, 6, 300)], 1).ShouldBeLessThan(-Math.Log(Alpha));
    }

    [Fact]
    public void Interval_holds_the_estimate_and_its_ends_are_where_evidence_is_enough()
    {
        RatePair[] epochs = [new(900, 20_000, 1000, 20_000)];
        var (low, high) = RateRatioSequence.Interval(epochs, Alpha);
        low!.Value.ShouldBeInRange(0.7, 0.9);
        high!.Value.ShouldBeInRange(0.9, 1.1);
        RateRatioSequence.LogEvidenceBelow(epochs, high.Value).ShouldBe(-Math.Log(Alpha), 1e-6);
    }

    [Fact]
    public void Without_successes_nothing_is_bounded() => RateRatioSequence.Interval([new RatePair(0, 100, 0, 100)], Alpha).ShouldBe((null, null));

    /// <summary>400 pairs of equal arms, looked at after every 100 users: 21 crossings or more would come in one of a thousand such tests.</summary>
    [Fact]
    public void Equal_rates_are_rarely_called_harm_at_any_look()
    {
        var crossed = Enumerable.Range(0, 400).Count(static run =>
        {
            var (chance, treatment, control) = (SplitMix64.Stream(61, (ulong)run), 0, 0);
            for (var users = 1; users <= 10_000; users++)
            {
                treatment += chance.NextDouble() < 0.05 ? 1 : 0;
                control += chance.NextDouble() < 0.05 ? 1 : 0;
                if (users % 100 == 0 && RateRatioSequence.LogEvidenceBelow([new RatePair(treatment, users, control, users)], 1) >= -Math.Log(Alpha))
                    return true;
            }

            return false;
        });
        crossed.ShouldBeLessThan(21);
    }
}
