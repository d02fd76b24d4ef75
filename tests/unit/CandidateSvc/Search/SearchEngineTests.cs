using Shouldly;
using Splitrail.Contracts;
using Splitrail.Randomness;
using Xunit;

namespace Splitrail.Tests.Unit.CandidateSvc.Search;

public sealed class SearchEngineTests
{
    private static readonly CatalogItem[] s_items = [.. Enumerable.Range(0, 50).Select(i => new CatalogItem($"i{i}", $"Plate {Word(i)}", "kitchen", i, 5))];

    [Fact]
    public void A_new_item_is_found_without_touching_the_large_segment()
    {
        var shop = new Shelves(s_items);
        var main = shop.View.Main;

        shop.Change(new CatalogItem("new", "Zorblax teapot", "kitchen", 9m, 1));

        shop.Found("zorblax").ShouldBe(["new"]);
        shop.Found("zorblx").ShouldBe(["new"]);
        shop.Found("zor").ShouldBe(["new"]);
        shop.Found("plate", count: 100).Length.ShouldBe(50);
        shop.View.Main.ShouldBeSameAs(main);
    }

    [Fact]
    public void A_price_or_stock_changes_the_columns_only()
    {
        var shop = new Shelves(s_items);
        var recent = shop.View.Recent;

        shop.Change(s_items[7] with { Stock = 0 }, s_items[8] with { Price = 5000m }, s_items[9] with { Hidden = true });

        shop.View.Recent.ShouldBeSameAs(recent);
        var found = shop.Found("plate", count: 100);
        found.ShouldNotContain("i7");
        found.ShouldNotContain("i9");
        shop.Found("plate", new ItemFilters(MinPrice: 4000m)).ShouldBe(["i8"]);
        shop.Change(s_items[9]);
        shop.Found("plate", count: 100).ShouldContain("i9");
    }

    [Fact]
    public void A_new_title_takes_the_place_of_the_old_one()
    {
        var shop = new Shelves(s_items);

        shop.Change(s_items[3] with { Title = "Saucepan" });

        shop.Found("saucepan").ShouldBe(["i3"]);
        shop.Found("plate", count: 100).ShouldNotContain("i3");
        shop.Change(s_items[3]);
        shop.Found("plate", count: 100).ShouldContain("i3");
        shop.Found("saucepan").ShouldBeEmpty();
    }

    [Fact]
    public void What_a_whole_catalogue_lacks_is_gone()
    {
        var shop = new Shelves(s_items);
        shop.Change(new CatalogItem("new", "Zorblax", "", 1m, 1));

        shop.Replace(s_items.Skip(10));

        shop.Found("plate", count: 100).Length.ShouldBe(40);
        shop.Found("zorblax").ShouldBeEmpty();
    }

    [Fact]
    public void Many_new_texts_ask_for_a_rebuild_and_what_changed_meanwhile_is_not_lost()
    {
        var shop = new Shelves(s_items);
        shop.Change([.. Enumerable.Range(0, 501).Select(i => new CatalogItem($"n{i}", $"Bowl {Word(i)}", "kitchen", 1m, 1))]);
        shop.Engine.WantsRebuild.ShouldBeTrue();
        var rebuilt = shop.Engine.Rebuild(shop.Catalog);

        shop.Change(new CatalogItem("late", "Zorblax", "", 1m, 1), new CatalogItem("n5", "Saucepan", "kitchen", 1m, 1), s_items[4] with { Hidden = true });
        shop.Adopt(rebuilt);

        shop.Engine.WantsRebuild.ShouldBeFalse();
        shop.Found("zorblax").ShouldBe(["late"]);
        shop.Found("saucepan").ShouldBe(["n5"]);
        shop.Search("bowl").Total.ShouldBe(500);
        shop.Search("plate").Total.ShouldBe(49);
    }

    [Fact]
    public void After_any_changes_it_finds_what_an_index_made_anew_finds()
    {
        var random = new SplitMix64(11);
        var shop = new Shelves(s_items);
        for (var round = 0; round < 60; round++)
        {
            shop.Change([.. Enumerable.Range(0, 1 + random.NextInt(4)).Select(_ => Anything(ref random))]);
            if (round % 20 == 19)
                shop.Adopt(shop.Engine.Rebuild(shop.Catalog));
            var anew = new Shelves(shop.Catalog.Items.Values);
            foreach (var query in new[] { "plate", "bowl", Word(round % 7), "kitchen", "garden plate" })
            {
                var filters = new ItemFilters(MinPrice: round % 2 == 0 ? null : 20m, InStockOnly: round % 3 != 0);
                var (found, expected) = (shop.Search(query, filters, 100, facets: true, complete: false), anew.Search(query, filters, 100, facets: true, complete: false));
                Matching(found).ShouldBe(Matching(expected), query);
                found.Facets!.Categories.ShouldBe(expected.Facets!.Categories);
                found.Facets.Prices.ShouldBe(expected.Facets.Prices);
            }
        }
    }

    private static IEnumerable<string> Matching(SearchResponse response) =>
        response.Items.Where(item => item.Match == SearchMatches.Words).Select(item => item.ItemId).Order(StringComparer.Ordinal);

    private static CatalogItem Anything(ref SplitMix64 random) => new(
        $"i{random.NextInt(70)}", $"{(random.NextInt(2) == 0 ? "Plate" : "Bowl")} {Word(random.NextInt(7))}", random.NextInt(2) == 0 ? "kitchen" : "garden",
        random.NextInt(60), random.NextInt(3), Hidden: random.NextInt(5) == 0);

    private static string Word(int i) => new[] { "amber", "bronze", "coral", "denim", "ebony", "fuchsia", "golden" }[i % 7];
}
