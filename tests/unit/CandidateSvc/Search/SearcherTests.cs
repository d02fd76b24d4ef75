using Shouldly;
using Splitrail.CandidateSvc.Search.Text;
using Splitrail.Contracts;
using Xunit;

namespace Splitrail.Tests.Unit.CandidateSvc.Search;

public sealed class SearcherTests
{
    private static readonly Shelves s_shop = new(
    [
        new("mug", "Red coffee mug", "kitchen", 5m, 1),
        new("mugs", "Set of six mugs", "kitchen", 20m, 1),
        new("lamp", "Lantern lamp", "lighting", 15m, 1, Attributes: new Dictionary<string, string> { ["material"] = "brass" }),
        new("cafe", "Café sign, children's room", "", null, null),
        new("tin", "Tin box", "coffee", 9m, 1),
        new("teapot", "Blue teapot", "kitchen", 30m, 0),
        new("85123A", "White hanging heart", "decoration", 2.5m, 7),
        new("secret", "Red hidden mug", "kitchen", 5m, 1, Hidden: true),
        new("gift", "Gift 🎁 box", "gifts", 3m, 1),
        new("чай", "Чай с лимоном", "напитки", 4m, 1),
    ]);

    [Theory]
    [InlineData("lamp", "lamp")]
    [InlineData("LAMP", "lamp")]
    [InlineData("lamps", "lamp")]
    [InlineData("brass", "lamp")]
    [InlineData("lighting", "lamp")]
    [InlineData("cafe", "cafe")]
    [InlineData("CAFÉ", "cafe")]
    [InlineData("Cafe\u0301", "cafe")]
    [InlineData("childrens", "cafe")]
    [InlineData("85123a", "85123A")]
    [InlineData("🎁", "gift")]
    [InlineData("чай", "чай")]
    public void An_item_is_found_by_words_of_title_category_attributes_and_id(string query, string expected) => s_shop.Found(query)[0].ShouldBe(expected);

    [Fact]
    public void A_form_of_a_word_finds_its_others() => s_shop.Found("mugs").ShouldBe(["mugs", "mug"]);

    [Fact]
    public void What_matches_has_all_words() => s_shop.Found("red mug").ShouldBe(["mug"]);

    [Fact]
    public void When_nothing_has_all_words_the_most_count_and_the_answer_says_so()
    {
        var answer = s_shop.Search("red brass mug");

        (answer.Items[0].ItemId, answer.AllWords, answer.Total).ShouldBe(("mug", false, 1));
        s_shop.Search("red mug").AllWords.ShouldBeTrue();
    }

    [Fact]
    public void Words_that_only_hold_a_sentence_together_are_not_needed() => s_shop.Found("the mug of red").ShouldBe(["mug"]);

    [Fact]
    public void A_word_of_the_title_counts_more_than_one_of_the_category() => s_shop.Found("coffee").ShouldBe(["mug", "tin"]);

    [Theory]
    [InlineData("lanten", "lamp", "lantern")]
    [InlineData("lantren", "lamp", "lantern")]
    [InlineData("kichen mug", "mug", "kitchen mug")]
    [InlineData("red muug", "mug", "red mug")]
    [InlineData("redmug", "mug", "red mug")]
    public void A_typing_mistake_is_forgiven_and_told(string query, string expected, string meant)
    {
        var answer = s_shop.Search(query);

        answer.Items[0].ItemId.ShouldBe(expected);
        answer.DidYouMean.ShouldBe(meant);
    }

    [Fact]
    public void Two_words_may_be_one() => s_shop.Found("tea pot blue", new ItemFilters(InStockOnly: false)).ShouldBe(["teapot"]);

    [Fact]
    public void A_known_word_in_the_place_of_another_is_corrected_when_nothing_has_all()
    {
        var answer = s_shop.Search("red gift mug");
        answer.AllWords.ShouldBeFalse();

        // "lamb" would be a word of the catalogue, too.
        var shop = new Shelves([new("lamb", "Lamb figure", "", 1m, 1), new("lamp", "Lantern lamp", "", 1m, 1)]);
        shop.Search("lantern lamb", complete: false).ShouldSatisfyAllConditions(
            found => found.Items[0].ItemId.ShouldBe("lamp"), found => found.DidYouMean.ShouldBe("lantern lamp"), found => found.AllWords.ShouldBeTrue());
        shop.Search("lamb", complete: false).DidYouMean.ShouldBeNull();
    }

    [Fact]
    public void The_last_word_may_be_unfinished_unless_the_request_says_it_is_not()
    {
        s_shop.Found("red cof").ShouldBe(["mug"]);
        s_shop.Found("lant").ShouldBe(["lamp"]);
        s_shop.Search("la", complete: false).Total.ShouldBe(0);
    }

    [Theory]
    [InlineData("xyzzyq")]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("!?")]
    [InlineData("\0")]
    public void What_is_not_there_finds_nothing(string query)
    {
        var answer = s_shop.Search(query);
        (answer.Total, answer.Items.Count, answer.DidYouMean, answer.AllWords).ShouldBe((0, 0, null, false));
    }

    [Fact]
    public void A_query_of_ten_thousand_characters_is_answered_by_its_beginning() =>
        s_shop.Found("lamp " + string.Concat(Enumerable.Repeat("lantern brass ", 700))).ShouldBe(["lamp"]);

    [Fact]
    public void Nothing_hidden_is_found() => s_shop.Found("hidden").ShouldNotContain("secret");

    [Fact]
    public void Filters_hold()
    {
        s_shop.Found("teapot").ShouldBeEmpty();
        s_shop.Found("teapot", new ItemFilters(InStockOnly: false)).ShouldBe(["teapot"]);
        s_shop.Found("mug", new ItemFilters(Categories: ["KITCHEN"], MinPrice: 5m, MaxPrice: 5m)).ShouldBe(["mug"]);
        s_shop.Found("mug", new ItemFilters(Categories: ["lighting"])).ShouldBeEmpty();
        s_shop.Found("mug", new ItemFilters(MinPrice: 5.0000001m, MaxPrice: 30m)).ShouldBe(["mugs"]);
        s_shop.Found("sign", new ItemFilters(MinPrice: 0m)).ShouldBeEmpty();
        s_shop.Found("mug", new ItemFilters(ExcludeItems: ["mug"])).ShouldBe(["mugs"]);
    }

    [Fact]
    public void A_facet_counts_what_its_other_values_would_show()
    {
        var facets = s_shop.Search("coffee", new ItemFilters(Categories: ["kitchen"]), facets: true).Facets!;

        facets.Categories.ShouldBe([new CategoryCount("coffee", 1), new CategoryCount("kitchen", 1)]);
        facets.Prices.ShouldBe([new PriceCount(5m, 10m, 1)]);
    }

    [Fact]
    public void Where_a_filter_leaves_nothing_the_facets_say_what_others_would_show()
    {
        var answer = s_shop.Search("coffee", new ItemFilters(Categories: ["lighting"]), facets: true);

        (answer.Total, answer.AllWords).ShouldBe((0, false));
        answer.Facets!.Categories.Select(category => category.Category).ShouldBe(["coffee", "kitchen"]);
    }

    [Fact]
    public void A_word_that_nothing_has_is_not_passed_over_in_silence() =>
        s_shop.Search("mug qqxxzzyy").ShouldSatisfyAllConditions(answer => answer.Total.ShouldBe(2), answer => answer.AllWords.ShouldBeFalse());

    [Fact]
    public void Pages_fit_together()
    {
        var all = new Shelves(Enumerable.Range(0, 300).Select(i => new CatalogItem($"i{i:000}", $"Plate number {i} {(i % 3 == 0 ? "blue" : "white")}", "kitchen", i, 1)));
        var whole = all.Search("plate", count: 300).Items.Select(item => item.ItemId).ToArray();

        var pages = Enumerable.Range(0, 8).SelectMany(page => all.Search("plate", count: 40, offset: page * 40).Items).Select(item => item.ItemId);

        whole.Length.ShouldBe(300);
        pages.ShouldBe(whole);
        all.Search("plate", count: 10, offset: 1000).Items.ShouldBeEmpty();
    }

    [Fact]
    public void What_is_like_the_matches_follows_them()
    {
        var answer = new Shelves(
        [
            new("a", "Oak dining table brown wood", "furniture", 1m, 1), new("b", "Oak dining chair brown wood", "furniture", 1m, 1),
            new("c", "Garden hose green rubber", "garden", 1m, 1), new("d", "Oak dining bench brown wood", "furniture", 1m, 1),
            .. Enumerable.Range(0, 20).Select(i => new CatalogItem($"x{i}", $"Thing{i} other{i} stuff{i}", $"cat{i}", 1m, 1)),
        ]).Search("table", complete: false);

        answer.Total.ShouldBe(1);
        answer.Items[0].ShouldSatisfyAllConditions(first => first.ItemId.ShouldBe("a"), first => first.Match.ShouldBe(SearchMatches.Words));
        answer.Items.Skip(1).Select(item => item.ItemId).ShouldBe(["b", "d"], ignoreOrder: true);
        answer.Items.Skip(1).ShouldAllBe(item => item.Match == SearchMatches.Related);
    }

    [Fact]
    public void Vietnamese_is_found_with_and_without_its_marks()
    {
        var shop = new Shelves(
        [
            new("shirt", "Áo sơ mi trắng", "thời trang", 250_000m, 1), new("image", "Ảo ảnh nghệ thuật", "tranh", 90_000m, 1),
            new("clock", "Đồng hồ treo tường", "trang trí", 300_000m, 1), new("peace", "Tranh hoà bình", "tranh", 80_000m, 1),
        ], Analyzers.Vietnamese);

        shop.Found("ao so mi").ShouldBe(["shirt"]);
        shop.Found("áo sơ mi").ShouldBe(["shirt"]);
        shop.Found("a\u0301o")[0].ShouldBe("shirt");
        shop.Found("ảo")[0].ShouldBe("image");
        shop.Found("dong ho").ShouldBe(["clock"]);
        shop.Found("hòa bình").ShouldBe(["peace"]);
        shop.Search("dogn ho").DidYouMean.ShouldBe("đồng ho");
    }

    [Fact]
    public void A_plain_catalogue_has_no_forms() =>
        new Shelves([new("mugs", "Mugs", "", 1m, 1), new("mug", "Mug", "", 1m, 1)], Analyzers.Plain).Search("mug", complete: false).Total.ShouldBe(1);

    [Fact]
    public void An_empty_catalogue_can_be_searched() => new Shelves([]).Search("mug", facets: true).Total.ShouldBe(0);
}
