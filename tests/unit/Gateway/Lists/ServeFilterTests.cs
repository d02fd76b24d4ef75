using Shouldly;
using Splitrail.Contracts;
using Splitrail.Feeds;
using Splitrail.Gateway.Lists;
using Splitrail.Merchandising;
using Xunit;
using static Splitrail.Tests.Unit.Gateway.GatewayBench;

namespace Splitrail.Tests.Unit.Gateway.Lists;

public sealed class ServeFilterTests
{
    private const long Day = 86_400_000;
    private const long Now = 1000 * Day;

    private static readonly Catalog s_catalog = Catalog(
        Item("plain"), Item("hidden", hidden: true), Item("sold-out", stock: 0), Item("last-one", stock: 1),
        Item("cup", category: "cups", price: 5), Item("priceless", price: null));

    [Theory]
    [InlineData("plain", true)]
    [InlineData("hidden", false)]
    [InlineData("sold-out", false)]
    [InlineData("last-one", true)]
    [InlineData("priceless", true)]
    [InlineData("unknown", false)]
    public void By_default_what_can_be_sold_is_shown(string item, bool shown) => Allows(item, ItemFilters.Default).ShouldBe(shown);

    [Theory]
    [InlineData("sold-out", true)]
    [InlineData("hidden", false)]
    public void What_is_sold_out_may_be_asked_for_but_not_what_is_hidden(string item, bool shown) => Allows(item, new(InStockOnly: false)).ShouldBe(shown);

    [Theory]
    [InlineData("cup", 5.0, 5.0, true)]
    [InlineData("cup", 5.01, null, false)]
    [InlineData("cup", null, 4.99, false)]
    [InlineData("priceless", 0.0, null, false)]
    [InlineData("priceless", null, 9.0, false)]
    public void Price_bounds_are_inclusive_and_an_unknown_price_is_out(string item, double? min, double? max, bool shown) =>
        Allows(item, new(MinPrice: (decimal?)min, MaxPrice: (decimal?)max)).ShouldBe(shown);

    [Fact]
    public void Any_of_the_categories_will_do()
    {
        Allows("cup", new(Categories: ["plates", "CUPS"])).ShouldBeTrue();
        Allows("plain", new(Categories: ["cups"])).ShouldBeFalse();
        Allows("plain", new(Categories: [])).ShouldBeTrue();
    }

    [Fact]
    public void Excluded_items_and_items_of_the_session_are_not_offered()
    {
        Allows("plain", new(ExcludeItems: ["plain"])).ShouldBeFalse();
        ServeFilter.Of(s_catalog, ItemFilters.Default, ["plain"], UserContext.Empty, Now).Allows("plain", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData(29, 30, false)]
    [InlineData(30, 30, false)]
    [InlineData(31, 30, true)]
    [InlineData(1, 0, true)]
    [InlineData(300, 365, false)]
    public void What_was_bought_within_the_days_is_not_offered(int daysAgo, int days, bool shown)
    {
        var context = History(Bought("plain", Now - (daysAgo * Day)));

        ServeFilter.Of(s_catalog, new(ExcludeBoughtDays: days), [], context, Now).Allows("plain", out _).ShouldBe(shown);
    }

    [Fact]
    public void Before_the_first_catalogue_what_candidate_svc_says_must_do() =>
        ServeFilter.Of(Splitrail.Feeds.Catalog.Empty, ItemFilters.Default, ["seen"], UserContext.Empty, Now).Allows("anything", out _).ShouldBeTrue();

    [Theory]
    [InlineData(0, true)]
    [InlineData(3, false)]
    [InlineData(1, true)]
    public void What_was_lately_viewed_is_left_out_when_asked(int days, bool shown)
    {
        var context = UserContext.Empty with { History = [new HistoryItem("plain", 0.2f, Now - (2 * Day), 0, null)] };
        ServeFilter.Of(s_catalog, new(ExcludeViewedDays: days), [], context, Now).Allows("plain", out _).ShouldBe(shown);
    }

    [Fact]
    public void What_a_filter_rule_means_is_in_no_list()
    {
        var rule = new BusinessRule("no-cups", RuleKinds.Filter, [new ItemCondition(ItemFields.Category, ItemOperators.EqualTo, ["cups"])]);
        var rules = RuleBook.Of(new ControlSnapshot(1, "", 0, null, [], new Dictionary<string, bool>(), Rules: [rule])).For(default, default);
        var filter = ServeFilter.Of(s_catalog, ItemFilters.Default, [], UserContext.Empty, Now, rules);
        filter.Allows("cup", out _).ShouldBeFalse();
        filter.Allows("plain", out _).ShouldBeTrue();
    }

    private static bool Allows(string item, ItemFilters filters) => ServeFilter.Of(s_catalog, filters, [], UserContext.Empty, Now).Allows(item, out _);
}
