using Shouldly;
using Splitrail.Contracts;
using Splitrail.Gateway.Recommendations;
using Xunit;

namespace Splitrail.Tests.Unit.Gateway.Recommendations;

public sealed class RankedListsTests
{
    private static readonly CandidateResponse s_response = new(Outcomes.Found, "m1", CandidateColumns.Of(
        ["a", "b", "c"], ["als", "rank"], ["als", "popular", "ease"], [3f, 2f, 1f], [0.3f, 1f, 0.2f, 2f, 0.1f, 3f], [0b101, 0b010, 0b101]));

    [Fact]
    public void Without_ranker_candidates_keep_order_scores_sources_and_signals()
    {
        var list = RankedLists.Of(s_response);

        (list.ModelVersion, list.Considered).ShouldBe(("m1", 3));
        list.SignalNames.ShouldBe(["als", "rank"]);
        list.Items.Select(static item => (item.ItemId, item.Score)).ShouldBe([("a", 3f), ("b", 2f), ("c", 1f)]);
        list.Items[0].Sources.ShouldBe(["als", "ease"]);
        list.Items[1].Sources.ShouldBe(["popular"]);
        list.Items[1].Signals.ShouldBe([0.2f, 2f]);
        list.Items[2].Sources.ShouldBeSameAs(list.Items[0].Sources);
    }

    [Fact]
    public void The_rankers_order_and_scores_come_with_the_candidates_sources_and_without_what_it_made_up()
    {
        var list = RankedLists.Of(s_response, new RankResponse(Outcomes.Found, "m2", [new("b", 0.9f), new("made up", 0.8f), new("a", 0.7f)]));

        (list.ModelVersion, list.Considered).ShouldBe(("m2", 3));
        list.Items.Select(static item => (item.ItemId, item.Score)).ShouldBe([("b", 0.9f), ("a", 0.7f)]);
        list.Items[0].Sources.ShouldBe(["popular"]);
        list.Items[0].Signals.ShouldBe([0.2f, 2f]);
    }

    [Fact]
    public void Ratings_go_with_their_items_and_unsound_ones_are_left_out()
    {
        var rated = s_response with { Ratings = RatingColumns.Of(1, 5, [4f, 0.5f, 3f, 1f, 2f, 2f]) };
        var ranked = new RankResponse(Outcomes.Found, "m2", [new("b", 0.9f), new("a", 0.7f)]);

        RankedLists.Of(rated).Items.Select(static item => item.Rating!.Value.Mean).ShouldBe([4f, 3f, 2f]);
        RankedLists.Of(rated, ranked).Items.Select(static item => item.Rating!.Value.Deviation).ShouldBe([1f, 0.5f]);
        var last = RankedLists.Of(rated).Items[2].Rating!.Value;
        (last.Low, last.High).ShouldBe((1f, 5f));
        RankedLists.Of(rated with { Ratings = RatingColumns.Of(1, 5, [4f, 0.5f]) }).Items.ShouldAllBe(static item => item.Rating == null);
        RankedLists.Of(rated with { Ratings = RatingColumns.Of(1, 5, [4f, 0.5f, float.NaN, 1f, 2f, 2f]) }, ranked).Items.ShouldAllBe(static item => item.Rating == null);
    }
}
