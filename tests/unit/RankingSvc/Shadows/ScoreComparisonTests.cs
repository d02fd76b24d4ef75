using Shouldly;
using Splitrail.RankingSvc.Shadows;
using Xunit;

namespace Splitrail.Tests.Unit.RankingSvc.Shadows;

public sealed class ScoreComparisonTests
{
    [Fact]
    public void The_same_order_correlates_fully_whatever_the_scale()
    {
        var same = ScoreComparison.Of([0.1f, 0.3f, 0.2f], [0.5f, 0.9f, 0.6f]);
        same.RankCorrelation.ShouldBe(1, 1e-9);
        same.MeanDifference.ShouldBe((0.4 + 0.6 + 0.4) / 3, 1e-6);
        same.TopOverlap.ShouldBe(1);
    }

    [Fact]
    public void The_reverse_order_correlates_with_minus_one() =>
        ScoreComparison.Of([1, 2, 3, 4], [4, 3, 2, 1]).RankCorrelation.ShouldBe(-1, 1e-9);

    [Fact]
    public void Equal_scores_share_their_ranks() =>
        // Ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4: 4.5 / sqrt(4.5 * 5).
        ScoreComparison.Of([1, 2, 2, 4], [1, 2, 3, 4]).RankCorrelation.ShouldBe(Math.Sqrt(0.9), 1e-9);

    [Fact]
    public void A_model_that_says_the_same_of_all_has_no_order_to_compare() =>
        ScoreComparison.Of([1, 2, 3], [7, 7, 7]).RankCorrelation.ShouldBe(0);

    [Fact]
    public void The_overlap_is_that_of_the_ten_best()
    {
        var first = Enumerable.Range(0, 40).Select(i => (float)i).ToArray();
        var second = first.ToArray();
        (second[39], second[0], second[38], second[1]) = (second[0], second[39], second[1], second[38]);
        ScoreComparison.Of(first, second).TopOverlap.ShouldBe(0.8);
    }
}
