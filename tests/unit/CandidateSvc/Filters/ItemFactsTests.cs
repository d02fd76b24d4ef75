using System.Collections.Frozen;
using Shouldly;
using Splitrail.CandidateSvc.Filters;
using Splitrail.Contracts;
using Splitrail.Feeds;
using Splitrail.Models;
using Xunit;

namespace Splitrail.Tests.Unit.CandidateSvc.Filters;

public sealed class ItemFactsTests
{
    private static readonly CatalogItem[] s_catalogue =
    [
        new("cheap", "", "toys", 1m, 3),
        new("dear", "", "books", 100m, null),
        new("sold-out", "", "toys", 10m, 0),
        new("hidden", "", "toys", 10m, 5, Hidden: true),
        new("unpriced", "", "", null, 1),
    ];

    private static readonly ItemIndex s_items = new(["cheap", "dear", "sold-out", "hidden", "unpriced", "gone"]);
    private static readonly ItemFacts s_facts = new(s_items, new Catalog(1, s_catalogue.ToFrozenDictionary(item => item.ItemId)));

    [Fact]
    public void By_default_only_what_can_be_sold_is_allowed() => Allowed(ItemFilters.Default).ShouldBe(["cheap", "dear", "unpriced"]);

    [Fact]
    public void Sold_out_items_are_allowed_when_asked_for_and_hidden_or_gone_ones_never() =>
        Allowed(new ItemFilters(InStockOnly: false)).ShouldBe(["cheap", "dear", "sold-out", "unpriced"]);

    [Fact]
    public void Any_of_several_categories_passes_whatever_their_case() =>
        Allowed(new ItemFilters(Categories: ["TOYS", "books", "nothing"])).ShouldBe(["cheap", "dear"]);

    [Fact]
    public void A_category_that_is_not_there_allows_nothing() => Allowed(new ItemFilters(Categories: ["cars"])).ShouldBeEmpty();

    [Fact]
    public void Prices_are_inclusive_and_an_unknown_price_passes_no_price_filter()
    {
        Allowed(new ItemFilters(MinPrice: 1m, MaxPrice: 100m)).ShouldBe(["cheap", "dear"]);
        Allowed(new ItemFilters(MinPrice: 1.01m)).ShouldBe(["dear"]);
        Allowed(new ItemFilters(MaxPrice: 99m)).ShouldBe(["cheap"]);
    }

    [Fact]
    public void Excluded_items_are_left_out_and_unknown_ones_do_no_harm() =>
        Allowed(new ItemFilters(ExcludeItems: ["cheap", "never heard of"])).ShouldBe(["dear", "unpriced"]);

    [Fact]
    public void The_rules_for_one_item_agree_with_the_bitmaps()
    {
        ItemFilters[] filters = [ItemFilters.Default, new(InStockOnly: false), new(Categories: ["toys"]), new(MinPrice: 5m, InStockOnly: false), new(ExcludeItems: ["dear"])];
        foreach (var filter in filters)
            Allowed(filter).ShouldBe(s_catalogue.Where(item => CatalogItemFilter.Passes(filter, item)).Select(item => item.ItemId));
    }

    private static string[] Allowed(ItemFilters filters)
    {
        var allowed = s_facts.Allowed(filters);
        return [.. Enumerable.Range(0, s_items.Count).Where(item => allowed[item]).Select(item => s_items[item])];
    }
}
