using Shouldly;
using Splitrail.Contracts;
using Splitrail.Feeds;
using Splitrail.Gateway.Lists;
using Xunit;
using static Splitrail.Tests.Unit.Gateway.GatewayBench;

namespace Splitrail.Tests.Unit.Gateway.Lists;

public sealed class ReasonWordsTests
{
    private static readonly Catalog s_catalog = Catalog(Item("pot"), Item("cup"));

    [Fact]
    public void The_only_item_there_was_is_named() =>
        Words(["pot"], UserContext.Empty).For(["item_to_item"], null).ShouldBe("bought together with Title of pot");

    [Fact]
    public void An_only_item_of_the_history_is_named_too() =>
        Words([], History(Bought("cup", 1))).For(["item_knn"], null).ShouldBe("bought together with Title of cup");

    [Fact]
    public void Of_several_items_none_is_named() =>
        Words(["pot"], History(Bought("cup", 1))).For(["item_to_item"], null).ShouldBe("bought together with items you chose");

    [Fact]
    public void The_most_telling_source_speaks() => Words([], UserContext.Empty).For(["popular", "als"], null).ShouldBe("chosen by shoppers with a taste like yours");

    [Fact]
    public void Popularity_is_of_the_items_category() => Words([], UserContext.Empty).For(["popular"], Item("pot")).ShouldBe("popular in tea");

    [Fact]
    public void A_source_that_is_not_known_here_gives_no_reason() => Words([], UserContext.Empty).For(["oracle"], null).ShouldBeNull();

    private static ReasonWords Words(string[] session, UserContext context) => ReasonWords.Of(s_catalog, session, context);
}
