using Shouldly;
using Splitrail.Models;
using Splitrail.Retrieval;
using Xunit;

namespace Splitrail.Tests.Unit.Retrieval;

public sealed class PopularityScoresTests
{
    [Fact]
    public void In_a_busy_shop_the_last_week_decides()
    {
        var scores = PopularityScores.Of(Statistics(all: [90_000f, 10_000f], week: [1_000f, 3_000f]));

        scores[1].ShouldBeGreaterThan(scores[0]);
    }

    [Fact]
    public void A_week_with_next_to_nothing_does_not_overturn_the_past()
    {
        var scores = PopularityScores.Of(Statistics(all: [900f, 100f], week: [0f, 1f]));

        scores[0].ShouldBeGreaterThan(scores[1]);
    }

    [Fact]
    public void Of_two_equally_popular_items_the_better_liked_one_is_first()
    {
        var scores = PopularityScores.Of(Statistics(all: [500f, 500f], week: [5f, 5f], liked: [0.5f, 0.9f]));

        scores[1].ShouldBeGreaterThan(scores[0]);
    }

    [Fact]
    public void A_shop_without_any_event_has_finite_equal_scores()
    {
        var scores = PopularityScores.Of(Statistics(all: [0f, 0f], week: [0f, 0f]));

        scores[0].ShouldBe(scores[1]);
        float.IsFinite(scores[0]).ShouldBeTrue();
    }

    private static ItemStatistics Statistics(float[] all, float[] week, float[]? liked = null) => new()
    {
        AsOfMs = 0,
        CountAll = all,
        Count365 = all,
        Count90 = all,
        Count30 = all,
        Count7 = week,
        LikedRate = liked ?? [1f, 1f],
        FirstEventMs = [0, 0],
        LogPrice = [0, 0],
        Category = [-1, -1],
        CategoryNames = [],
        RepeatRate = 1,
    };
}
