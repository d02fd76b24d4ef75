using Shouldly;
using Splitrail.Experiments;
using Splitrail.Randomness;
using Xunit;

namespace Splitrail.Tests.Unit.Experiments;

public sealed class TeamDraftTests
{
    private static readonly int[] s_one = [1, 2, 3, 4, 5, 6];
    private static readonly int[] s_other = [3, 1, 7, 2, 8, 9];

    [Fact]
    public void List_has_no_item_twice_and_teams_that_differ_by_one_at_most()
    {
        for (var run = 0; run < 200; run++)
        {
            var list = Draft(s_one, s_other, 7, run);
            list.Count.ShouldBe(7);
            list.Select(static pick => pick.Item).Distinct().Count().ShouldBe(7);
            Math.Abs((2 * list.Count(static pick => pick.IsOne)) - 7).ShouldBe(1);
        }
    }

    [Fact]
    public void Each_pick_is_the_best_that_its_ranking_has_left()
    {
        var list = Draft(s_one, s_other, 6, 5);
        for (var i = 0; i < list.Count; i++)
        {
            var before = list.Take(i).Select(static pick => pick.Item).ToHashSet();
            list[i].Item.ShouldBe((list[i].IsOne ? s_one : s_other).First(item => !before.Contains(item)));
        }
    }

    [Fact]
    public void Both_rankings_begin_equally_often_and_a_seed_gives_the_same_list()
    {
        Enumerable.Range(0, 2000).Count(static run => Draft(s_one, s_other, 6, run)[0].IsOne).ShouldBeInRange(880, 1120);
        Draft(s_one, s_other, 6, 11).ShouldBe(Draft(s_one, s_other, 6, 11));
    }

    [Fact]
    public void A_ranking_that_ends_leaves_the_rest_to_the_other()
    {
        var list = Draft([1], s_other, 5, 2);
        list.Count.ShouldBe(5);
        Draft([1, 2], [2, 1], 5, 2).Count.ShouldBe(2);
    }

    [Fact]
    public void A_pick_has_the_chance_of_its_coin_where_the_coin_chose_between_two_items()
    {
        // Round by round 1 or 3; then both want what is left of each other, and 2 is wanted by both.
        foreach (var run in Enumerable.Range(0, 50))
        {
            Draft([1, 2, 4], [3, 2, 5], 5, run).Select(static pick => pick.Propensity).ShouldBe([0.5f, 1f, 1f, 1f, 1f]);
            Draft([1, 2], [1, 2], 2, run).Select(static pick => pick.Propensity).ShouldBe([1f, 1f]);
        }
    }

    private static IReadOnlyList<TeamPick<int>> Draft(int[] one, int[] other, int length, int run)
    {
        var chance = SplitMix64.Stream(7, (ulong)run);
        return TeamDraft.Interleave(one, other, length, ref chance);
    }
}
