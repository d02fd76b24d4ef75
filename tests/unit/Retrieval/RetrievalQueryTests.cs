using Shouldly;
using Splitrail.Contracts;
using Splitrail.Retrieval;
using Xunit;
using static Splitrail.Tests.Unit.Retrieval.RetrievalTestModels;

namespace Splitrail.Tests.Unit.Retrieval;

public sealed class RetrievalQueryTests
{
    [Fact]
    public void Session_items_come_newest_first_before_the_context_without_duplicates()
    {
        var query = RetrievalQuery.Create(Chain(), Context(Past("i5", 1f, 10), Past("i2", 1f, 20)), ["i1", "i2", "i1", "unknown"], AsOfMs);

        query.Items.ShouldBe([1, 2, 5]);
    }

    [Fact]
    public void What_was_bought_lately_is_excluded_and_what_was_bought_long_ago_is_not()
    {
        var query = RetrievalQuery.Create(Chain(), Context(Past("i5", 1f, 10), Past("i6", 1f, 40)), [], AsOfMs, excludeBoughtDays: 30);

        query.Allowed[5].ShouldBeFalse();
        query.Allowed[6].ShouldBeTrue();
    }

    [Fact]
    public void Zero_days_leave_bought_items_in()
    {
        var query = RetrievalQuery.Create(Chain(), Context(Past("i5", 1f, 0)), [], AsOfMs, excludeBoughtDays: 0);

        query.Allowed[5].ShouldBeTrue();
    }

    [Fact]
    public void Where_nobody_comes_back_to_an_item_the_whole_history_is_excluded()
    {
        var query = RetrievalQuery.Create(Chain(repeats: false), Context(Past("i5", 1f, 4000)), [], AsOfMs);

        query.Allowed[5].ShouldBeFalse();
    }

    [Fact]
    public void A_disliked_item_is_no_history_and_is_not_offered()
    {
        var query = RetrievalQuery.Create(Chain(), Context(Past("i5", -1f, 40), Past("i6", 0f, 40)), [], AsOfMs);

        query.Items.ShouldBeEmpty();
        query.Allowed[5].ShouldBeFalse();
        query.Allowed[6].ShouldBeTrue();
    }

    [Fact]
    public void The_callers_bitmap_is_not_changed()
    {
        var model = Chain();
        var allowed = ItemBitmap.All(model.Items.Count);

        RetrievalQuery.Create(model, UserContext.Empty, ["i5"], AsOfMs, allowed: allowed).Allowed[5].ShouldBeFalse();

        allowed[5].ShouldBeTrue();
    }

    private static UserContext Context(params HistoryItem[] items) => UserContext.Empty with { EventCount = items.Length, History = items };

    private static HistoryItem Past(string id, float weight, int daysAgo) =>
        new(id, weight, AsOfMs - daysAgo * DayMs, 1, AsOfMs - daysAgo * DayMs);
}
