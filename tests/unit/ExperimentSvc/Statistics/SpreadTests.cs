using Shouldly;
using Splitrail.ExperimentSvc.Statistics;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Statistics;

public sealed class SpreadTests
{
    [Fact]
    public void Expected_kinds_are_those_of_all_draws_counted_one_by_one()
    {
        long[] counts = [5, 2, 1, 1];
        int[] impressions = [.. counts.SelectMany(static (count, kind) => Enumerable.Repeat(kind, (int)count))];
        for (var drawn = 0; drawn <= impressions.Length; drawn++)
        {
            var draws = Enumerable.Range(0, 1 << impressions.Length).Where(set => int.PopCount(set) == drawn).ToArray();
            var kinds = draws.Average(set => impressions.Where((_, i) => (set & (1 << i)) != 0).Distinct().Count());
            Spread.ExpectedKinds(counts, drawn).ShouldBe(kinds, 1e-12, $"{drawn} drawn");
        }
    }

    [Fact]
    public void A_larger_sample_of_the_same_shows_more_kinds_and_as_many_at_the_same_size()
    {
        // Popular and rare items in the same parts, nine times as many impressions.
        long[] small = [.. Enumerable.Range(1, 2000).Select(static rank => (long)Math.Ceiling(3000.0 / rank))];
        long[] large = [.. small.Select(static count => 9 * count)];
        var drawn = small.Sum() / 2;
        Spread.ExpectedKinds(large, large.Sum()).ShouldBe(2000, 1e-6);
        Spread.ExpectedKinds(large, drawn).ShouldBe(Spread.ExpectedKinds(small, drawn), 0.15 * 2000);
        Spread.ExpectedKinds(large, drawn).ShouldBeLessThan(Spread.ExpectedKinds(large, 4 * drawn));
    }

    [Fact]
    public void Hundreds_of_millions_of_impressions_stay_numbers()
    {
        long[] counts = [.. Enumerable.Range(1, 20_000).Select(static rank => 1 + (40_000_000L / rank))];
        Spread.ExpectedKinds(counts, 100_000).ShouldBeInRange(1000, 20_000);
        Spread.ExpectedKinds(counts, counts.Sum()).ShouldBe(20_000, 1e-6);
    }

    [Fact]
    public void Entropy_is_in_bits_and_says_how_many_equal_kinds_there_would_be()
    {
        Spread.Entropy([7]).ShouldBe(0);
        Spread.Entropy([]).ShouldBe(0);
        Spread.Entropy([3, 3, 3, 3]).ShouldBe(2, 1e-12);
        Spread.Entropy([2, 1, 1]).ShouldBe(1.5, 1e-12);
        Spread.EffectiveKinds(Spread.Entropy([5, 5, 5, 5, 5])).ShouldBe(5, 1e-12);
    }

    [Fact]
    public void More_than_there_is_cannot_be_drawn() =>
        Should.Throw<ArgumentOutOfRangeException>(static () => Spread.ExpectedKinds([1, 2], 4)).Message.ShouldContain("of 3 impressions");
}
