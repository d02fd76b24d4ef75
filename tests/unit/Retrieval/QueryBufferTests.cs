using Shouldly;
using Splitrail.Contracts;
using Splitrail.Retrieval;
using Xunit;
using static Splitrail.Tests.Unit.Retrieval.RetrievalTestModels;

namespace Splitrail.Tests.Unit.Retrieval;

public sealed class QueryBufferTests
{
    [Fact]
    public void A_session_of_ten_thousand_items_counts_its_newest_thousand_and_offers_none_again()
    {
        var model = Chain(3000);
        string[] session = [.. Enumerable.Range(0, 10_000).Select(static i => $"i{i * 7 % 3000}")];

        var query = RetrievalQuery.Create(model, UserContext.Empty, session, AsOfMs);

        query.Items.Count.ShouldBe(QueryBuffer.MaxItems);
        query.Items[0].ShouldBe(9999 * 7 % 3000);
        query.Allowed.CountSet().ShouldBe(0);
    }

    [Fact]
    public void Ratings_are_taken_newest_first_liked_or_not_and_at_most_so_many()
    {
        var model = Chain(400);
        var context = UserContext.Empty with { History = [.. Enumerable.Range(0, 300).Select(static i => new HistoryItem($"i{i}", 0, AsOfMs - i, 0, null, i % 3 == 0 ? null : i % 3))] };

        var query = RetrievalQuery.Create(model, context, [], AsOfMs);

        query.Rated.Count.ShouldBe(QueryBuffer.MaxRatings);
        query.Rated.Take(3).ShouldBe([1, 2, 4]);
        query.Stars.Take(3).ShouldBe([1f, 2f, 1f]);
        query.Items.ShouldBeEmpty();
        RetrievalQuery.Create(model, UserContext.Empty, ["i3"], AsOfMs).Rated.ShouldBeEmpty();
    }

    [Fact]
    public void A_buffer_used_again_knows_nothing_of_the_request_before()
    {
        var model = Chain();
        var buffer = new QueryBuffer(model);
        buffer.Allowed.SetAll();
        buffer.Fill(UserContext.Empty, ["i1", "i2"], AsOfMs, 0);

        buffer.Allowed.SetAll();
        var second = buffer.Fill(UserContext.Empty, ["i2", "i3"], AsOfMs, 0);

        second.Items.ShouldBe([3, 2]);
        second.Allowed[1].ShouldBeTrue();
    }
}
