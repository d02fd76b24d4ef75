using Shouldly;
using Splitrail.Experiments;
using Splitrail.ExperimentSvc.Statistics;
using Splitrail.Randomness;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Statistics;

public sealed class InterleavedWinsTests
{
    [Fact]
    public void Sign_test_is_the_exact_binomial()
    {
        new InterleavedWins(8, 2, 5).PValue.ShouldBe(2 * 56 / 1024.0, 1e-12);
        new InterleavedWins(2, 8, 0).PValue.ShouldBe(2 * 56 / 1024.0, 1e-12);
        new InterleavedWins(5, 5, 0).PValue.ShouldBe(1);
        new InterleavedWins(0, 0, 9).PValue.ShouldBe(1);
        new InterleavedWins(0, 0, 9).Interval(0.05).Reason.ShouldBe(NotYet.NoUsers);
    }

    [Fact]
    public void A_user_counts_once_however_many_lists_he_saw()
    {
        InterleavedWins.Winner([(3, 0), (0, 1), (0, 1)]).ShouldBe(-1);
        InterleavedWins.Winner([(1, 0), (0, 2)]).ShouldBe(0);
    }

    /// <summary>Users click what they like, wherever it stands; the first ranking knows their taste better, or as well.</summary>
    [Theory]
    [InlineData(0.0, false)]
    [InlineData(0.6, true)]
    public void The_better_ranking_wins_and_equal_ones_do_not(double better, bool wins)
    {
        var result = Simulate(better, 2000);
        (result.PValue < 0.001 && result.Preference > 0).ShouldBe(wins, $"{result}");
        result.IsOneWorse(0.025).ShouldBeFalse();
        new InterleavedWins(result.Other, result.One, result.Ties).IsOneWorse(0.025).ShouldBe(wins);
    }

    private static InterleavedWins Simulate(double better, int users)
    {
        var (one, other, ties) = (0L, 0L, 0L);
        for (var user = 0; user < users; user++)
        {
            var chance = SplitMix64.Stream(19, (ulong)user);
            var taste = new double[30];
            for (var item = 0; item < taste.Length; item++)
                taste[item] = chance.NextNormal();
            var list = TeamDraft.Interleave(Ranking(taste, 2 - better, ref chance), Ranking(taste, 2, ref chance), 10, ref chance);
            var (ofOne, ofOther) = (0, 0);
            foreach (var pick in list)
            {
                var isClicked = chance.NextDouble() < 0.3 / (1 + Math.Exp(-2 * taste[pick.Item]));
                (ofOne, ofOther) = !isClicked ? (ofOne, ofOther) : pick.IsOne ? (ofOne + 1, ofOther) : (ofOne, ofOther + 1);
            }

            var winner = InterleavedWins.Winner([(ofOne, ofOther)]);
            (one, other, ties) = (one + (winner > 0 ? 1 : 0), other + (winner < 0 ? 1 : 0), ties + (winner == 0 ? 1 : 0));
        }

        return new InterleavedWins(one, other, ties);
    }

    /// <summary>By taste seen through so much noise.</summary>
    private static int[] Ranking(double[] taste, double noise, ref SplitMix64 chance)
    {
        var seen = new double[taste.Length];
        for (var item = 0; item < seen.Length; item++)
            seen[item] = taste[item] + (noise * chance.NextNormal());
        return [.. Enumerable.Range(0, seen.Length).OrderByDescending(item => seen[item])];
    }
}
