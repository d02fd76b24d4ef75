using Shouldly;
using Splitrail.Experiments;
using Xunit;

namespace Splitrail.Tests.Unit.Experiments;

public sealed class SlotSharesTests
{
    [Theory]
    [InlineData(new[] { 0.5, 0.5 }, new[] { 524_288, 524_288 })]
    [InlineData(new[] { 1 / 3.0, 1 / 3.0, 1 / 3.0 }, new[] { 349_526, 349_525, 349_525 })]
    [InlineData(new[] { 0.333333, 0.333333, 0.333334 }, new[] { 349_525, 349_525, 349_526 })]
    [InlineData(new[] { 1.0, 0.0 }, new[] { 1_048_576, 0 })]
    [InlineData(new[] { 0.29, 0.71 }, new[] { 304_087, 744_489 })]
    public void A_new_split_is_rounded_by_largest_remainder(double[] shares, int[] expected) =>
        Of(SlotMap.Slots, shares, new SlotPart[shares.Length]).ShouldBe(expected);

    [Fact]
    public void Whatever_the_chain_of_edits_the_sum_is_exact_and_an_arm_whose_share_stays_keeps_every_slot()
    {
        var random = new Random(5);
        for (var chain = 0; chain < 2_000; chain++)
        {
            var arms = random.Next(2, 9);
            var shares = RandomShares(random, arms);
            var slots = Of(SlotMap.Slots, shares, new SlotPart[arms]);
            for (var edit = 0; edit < 10; edit++)
            {
                var (one, other) = (random.Next(arms), random.Next(arms));
                var passed = shares[one] * random.NextDouble();
                double[] edited = [.. shares];
                edited[one] -= passed;
                edited[other] += passed;
                var next = Of(SlotMap.Slots, edited, [.. slots.Select((held, i) => new SlotPart(shares[i] * SlotMap.Slots, held))]);

                next.Sum().ShouldBe(SlotMap.Slots);
                for (var arm = 0; arm < arms; arm++)
                {
                    Math.Abs(next[arm] - (edited[arm] * SlotMap.Slots)).ShouldBeLessThan(4);
                    if (arm != one && arm != other)
                        next[arm].ShouldBe(slots[arm]);
                }

                (shares, slots) = (edited, next);
            }
        }
    }

    [Fact]
    public void A_new_arm_of_a_few_slots_gets_them() => Of(1000, [0.002, 0.998], [default, new(1000, 1000)]).ShouldBe([2, 998]);

    [Fact]
    public void An_arm_without_share_has_no_slot() => Of(1000, [0.0, 0.5, 0.5], [new(2, 2), new(499, 499), new(499, 499)]).ShouldBe([0, 500, 500]);

    private static int[] Of(int total, double[] shares, SlotPart[] now) => SlotShares.Of(total, shares, now, []);

    private static double[] RandomShares(Random random, int arms)
    {
        var parts = Enumerable.Range(0, arms).Select(_ => random.NextDouble() + 0.01).ToArray();
        return [.. parts.Select(part => part / parts.Sum())];
    }
}
