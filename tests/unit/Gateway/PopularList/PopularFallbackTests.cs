using Shouldly;
using Splitrail.Contracts;
using Splitrail.Feeds;
using Splitrail.Gateway;
using Splitrail.Gateway.Lists;
using Splitrail.Gateway.PopularList;
using Xunit;
using static Splitrail.Tests.Unit.Gateway.GatewayBench;

namespace Splitrail.Tests.Unit.Gateway.PopularList;

public sealed class PopularFallbackTests
{
    private static readonly Catalog s_catalog = Catalog(Item("a"), Item("b"), Item("c", category: "cups"), Item("d", stock: 0), Item("e"));
    private readonly PopularItems _popular = new();

    [Fact]
    public void The_popular_list_comes_first_in_its_order_and_the_catalogue_fills_up()
    {
        Take("b", "d", "a");

        Fill(null).Select(static item => $"{item.ItemId}:{item.Sources[0]}").Take(2).ShouldBe(["b:popular", "a:popular"]);
        Fill(null).Skip(2).Select(static item => item.Sources[0]).ShouldBe(["sample", "sample"]);
    }

    [Fact]
    public void The_pages_category_comes_first()
    {
        Take("a", "b", "c");
        Fill("cups").Take(3).Select(static item => item.ItemId).ShouldBe(["c", "a", "b"]);
    }

    [Fact]
    public void Without_a_list_a_seed_fixes_the_sample()
    {
        var first = Fill(null).Select(static item => item.ItemId).ToArray();

        first.ShouldBe(["a", "b", "c", "e"], ignoreOrder: true);
        Fill(null).Select(static item => item.ItemId).ShouldBe(first);
    }

    [Fact]
    public void Without_a_catalogue_the_popular_list_is_served_as_it_is()
    {
        Take("x", "y");
        Fill(null, Splitrail.Feeds.Catalog.Empty).Select(static item => item.ItemId).ShouldBe(["x", "y"]);
    }

    private void Take(params string[] ids) => _popular.Take(new ScoredItemsResponse(Outcomes.Found, "m", [.. ids.Select(static id => new ScoredItem(id, 1))]));

    private IReadOnlyList<ShownItem> Fill(string? category, Catalog? catalog = null)
    {
        catalog ??= s_catalog;
        var shelf = new Shelf(ServeFilter.Of(catalog, ItemFilters.Default, [], UserContext.Empty, 0), 10, explain: false);
        new PopularFallback(_popular, new GatewayOptions()).Fill(shelf, catalog, category);
        return shelf.Items;
    }
}
