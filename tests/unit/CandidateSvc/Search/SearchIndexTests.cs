using Shouldly;
using Splitrail.CandidateSvc.Search;
using Xunit;

namespace Splitrail.Tests.Unit.CandidateSvc.Search;

public sealed class SearchIndexTests
{
    private static readonly SearchIndex s_index = SearchIndex.Of(
    [
        new("mug", "Red coffee mug", "kitchen", 5m, 1),
        new("mugs", "Set of six mugs", "kitchen", 20m, 1),
        new("lamp", "Lantern lamp", "lighting", 15m, 1, Attributes: new Dictionary<string, string> { ["material"] = "brass" }),
        new("cafe", "Café sign, children's room", "", null, null),
        new("coffee", "Tin box", "coffee", 9m, 1),
    ]);

    [Theory]
    [InlineData("lamp", "lamp")]
    [InlineData("LAMP", "lamp")]
    [InlineData("brass", "lamp")]
    [InlineData("lighting", "lamp")]
    [InlineData("cafe", "cafe")]
    [InlineData("CAFÉ", "cafe")]
    [InlineData("childrens", "cafe")]
    public void An_item_is_found_by_words_of_title_category_and_attributes(string query, string expected) =>
        Best(query).First().ShouldBe(expected);

    [Fact]
    public void A_word_also_finds_what_it_begins_but_the_whole_word_comes_first() =>
        Best("mug").ShouldBe(["mug", "mugs"]);

    [Fact]
    public void More_matching_words_rank_higher() => Best("red mug").First().ShouldBe("mug");

    [Fact]
    public void A_word_of_the_title_counts_more_than_one_of_the_category() =>
        Best("coffee").ShouldBe(["mug", "coffee"]);

    [Theory]
    [InlineData("lanten", "lamp")]
    [InlineData("lantren", "lamp")]
    [InlineData("kichen", "mug")]
    public void A_typing_mistake_is_forgiven(string query, string expected) => Best(query).ShouldContain(expected);

    [Theory]
    [InlineData("xyzzy")]
    [InlineData("")]
    [InlineData("!?")]
    [InlineData("ab")]
    public void What_is_not_there_finds_nothing(string query) => Best(query).ShouldBeEmpty();

    [Fact]
    public void An_empty_catalogue_can_be_searched() => SearchIndex.Of([]).Search("mug").ShouldBeEmpty();

    private static string[] Best(string query) =>
        [.. s_index.Search(query).OrderByDescending(pair => pair.Value).Select(pair => s_index.Items[pair.Key].ItemId)];
}
