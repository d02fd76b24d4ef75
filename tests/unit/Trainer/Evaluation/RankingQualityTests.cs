using Shouldly;
using Splitrail.Trainer.Evaluation;
using Xunit;

namespace Splitrail.Tests.Unit.Trainer.Evaluation;

public sealed class RankingQualityTests
{
    [Fact]
    public void A_perfect_list_has_a_quality_of_one()
    {
        var quality = Of([3, 1, 2], [1, 2, 3]);

        quality.Ndcg.ShouldBe(1, 1e-12);
        quality.Recall.ShouldBe(1);
        quality.ReciprocalRank.ShouldBe(1);
    }

    [Fact]
    public void A_hit_on_the_second_rank_of_one_wanted_item_is_worth_its_discount()
    {
        var quality = Of([5, 1], [1]);

        quality.Ndcg.ShouldBe(1 / Math.Log2(3), 1e-12);
        quality.ReciprocalRank.ShouldBe(0.5);
    }

    [Fact]
    public void Recall_divides_by_what_the_list_could_hold()
    {
        var quality = Of([.. Enumerable.Range(0, 20)], [.. Enumerable.Range(10, 40)]);

        quality.Recall.ShouldBe(10 / 20.0);
    }

    [Fact]
    public void Hits_below_the_cut_count_for_nothing()
    {
        var quality = Of([.. Enumerable.Range(0, 30)], [25]);

        quality.Ndcg.ShouldBe(0);
        quality.Recall.ShouldBe(0);
        quality.ReciprocalRank.ShouldBe(1 / 26.0);
    }

    [Fact]
    public void Coverage_counts_distinct_items_over_all_users()
    {
        var quality = new RankingQuality(10);
        quality.Add([1, 2], new HashSet<int> { 1 });
        quality.Add([2, 3], new HashSet<int> { 1 });

        quality.Coverage.ShouldBe(0.3);
        quality.Users.ShouldBe(2);
    }

    private static RankingQuality Of(int[] ranked, int[] wanted)
    {
        var quality = new RankingQuality(100);
        quality.Add(ranked, wanted.ToHashSet());
        return quality;
    }
}
