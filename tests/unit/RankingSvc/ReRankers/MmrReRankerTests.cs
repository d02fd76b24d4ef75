using Shouldly;
using Splitrail.Contracts;
using Splitrail.Policies;
using Xunit;

namespace Splitrail.Tests.Unit.RankingSvc.ReRankers;

public sealed class MmrReRankerTests
{
    private readonly ReRankBench _bench = new();

    [Fact]
    public void The_best_stays_first_and_one_of_another_category_overtakes_a_little_better_one_of_the_same() =>
        _bench.Order(ReRankerNames.Mmr, new ReRankOptions(), 3, (0.9f, "bags", 1), (0.88f, "bags", 1), (0.86f, "cups", 1), (0.1f, "tins", 1)).ShouldBe(["i0", "i2", "i1"]);

    [Fact]
    public void Weight_0_changes_nothing_and_weight_1_asks_for_difference_alone()
    {
        (float, string, double)[] items = [(0.9f, "bags", 1), (0.8f, "bags", 1), (0.7f, "bags", 1), (0.1f, "tins", 1)];
        _bench.Order(ReRankerNames.Mmr, new ReRankOptions(DiversityWeight: 0), 4, items).ShouldBe(["i0", "i1", "i2", "i3"]);
        _bench.Order(ReRankerNames.Mmr, new ReRankOptions(DiversityWeight: 1), 4, items).ShouldBe(["i0", "i3", "i1", "i2"]);
    }

    [Fact]
    public void The_more_there_is_of_a_category_the_more_the_next_of_it_costs()
    {
        (float, string, double)[] items = [(1f, "bags", 1), (0.99f, "bags", 1), (0.98f, "bags", 1), (0.97f, "bags", 1), (0.85f, "cups", 1)];
        _bench.Order(ReRankerNames.Mmr, new ReRankOptions(), 5, items).ShouldBe(["i0", "i1", "i2", "i4", "i3"]);
    }

    [Theory]
    [InlineData(Likeness.Category, "i0,i1,i2,i3")]
    [InlineData(Likeness.Vectors, "i0,i2,i1,i3")]
    [InlineData(Likeness.Both, "i0,i2,i1,i3")]
    public void Items_whose_vectors_point_the_same_way_are_alike_when_asked_for(string by, string expected) =>
        string.Join(',', _bench.Order(ReRankerNames.Mmr, new ReRankOptions(DiversityWeight: 1, DiversityBy: by), 4, (0.9f, "a", 1), (0.8f, "b", 1), (0.7f, "c", 1), (0.6f, "d", 1))).ShouldBe(expected);

    [Fact]
    public void Items_without_a_category_are_like_nothing() =>
        _bench.Order(ReRankerNames.Mmr, new ReRankOptions(DiversityWeight: 1), 3, (0.9f, "", 1), (0.8f, "", 1), (0.7f, "cups", 1)).ShouldBe(["i0", "i1", "i2"]);

    [Fact]
    public void Equal_scores_negative_scores_one_item_and_none_are_put_in_some_order()
    {
        _bench.Order(ReRankerNames.Mmr, new ReRankOptions(), 2, (0.5f, "a", 1), (0.5f, "a", 1), (0.5f, "b", 1)).ShouldBe(["i0", "i2"]);
        _bench.Order(ReRankerNames.Mmr, new ReRankOptions(), 2, (-1f, "a", 1), (-1.18f, "a", 1), (-1.19f, "b", 1), (-20f, "c", 1)).ShouldBe(["i0", "i2"]);
        _bench.Order(ReRankerNames.Mmr, new ReRankOptions(), 1, (-1f, "a", 1)).ShouldBe(["i0"]);
        _bench.Order(ReRankerNames.Mmr, new ReRankOptions(), 0).ShouldBeEmpty();
    }
}
