using Shouldly;
using Splitrail.Contracts;
using Splitrail.Gateway.Recommendations;
using Xunit;

namespace Splitrail.Tests.Unit.Gateway.Recommendations;

public sealed class AskedByTests
{
    [Theory]
    [InlineData("u", 5, "known")]
    [InlineData("u", 4, "few")]
    [InlineData("u", 0, "new")]
    [InlineData(null, 0, "guest")]
    public void Who_asks_is_named_by_what_is_known(string? user, int events, string kind) =>
        AskedBy.Of(Query(user, "s"), UserContext.Empty with { EventCount = events }).ShouldBe(kind);

    [Fact]
    public void A_user_whose_context_did_not_come_is_neither_known_nor_new() => AskedBy.Of(Query("u", null), null).ShouldBe("unread");

    [Fact]
    public void Without_user_session_and_items_it_is_nobody()
    {
        AskedBy.Of(Query(null, null), null).ShouldBe("nobody");
        AskedBy.Of(Query(null, null, "i"), null).ShouldBe("guest");
    }

    private static RecommendationQuery Query(string? user, string? session, params string[] items) => new(user, session, items, 10, ItemFilters.Default);
}
