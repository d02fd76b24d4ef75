using Shouldly;
using Splitrail.Contracts;
using Splitrail.Experiments;
using Splitrail.Merchandising;
using Xunit;

namespace Splitrail.Tests.Unit.Merchandising;

public sealed class RuleBookTests
{
    private static readonly ItemCondition[] s_bags = [new(ItemFields.Category, ItemOperators.EqualTo, ["bags"])];
    private static readonly Subject s_anna = new("anna", null);

    [Fact]
    public void Of_no_rules_none_hold() => RuleBook.Of(null).For(s_anna, default).IsEmpty.ShouldBeTrue();

    [Fact]
    public void Rules_hold_from_the_first_moment_to_before_the_last()
    {
        var book = Of(Rule("a") with { FromMs = 100, UntilMs = 200 });
        Ids(book, 99).ShouldBeEmpty();
        Ids(book, 100).ShouldBe(["a"]);
        Ids(book, 199).ShouldBe(["a"]);
        Ids(book, 200).ShouldBeEmpty();
    }

    [Fact]
    public void Rules_hold_for_their_audience()
    {
        var book = Of(Rule("all"), Rule("phone") with { Audience = [new("device", "equals", ["phone"])] }, Rule("anna") with { Audience = [new("unit", "in", ["anna"])] });
        Ids(book, 0, s_anna).ShouldBe(["all", "anna"]);
        Ids(book, 0, new Subject(null, "s1"), new PageFacts(Device: "Phone")).ShouldBe(["all", "phone"]);
        Ids(book, 0, new Subject(null, null)).ShouldBe(["all"]);
    }

    [Fact]
    public void The_highest_priority_comes_first_and_then_the_id() =>
        Ids(Of(Rule("c"), Rule("b"), Rule("a") with { Priority = -1 }, Rule("d") with { Priority = 5 }), 0).ShouldBe(["d", "b", "c", "a"]);

    [Fact]
    public void A_rule_that_this_release_does_not_understand_holds_for_nobody_and_is_told()
    {
        var book = Of(Rule("new") with { Kind = "teleport" }, Rule("odd") with { Conditions = [new("colour", "equals", ["red"])] }, Rule("who") with { Audience = [new("shoe_size", "gt", ["40"])] }, Rule("ok"));
        Ids(book, 0).ShouldBe(["ok"]);
        book.Faults.Count.ShouldBe(3);
        book.Faults[0].ShouldContain("teleport");
    }

    [Fact]
    public void Ids_of_a_caller_are_found_again_and_the_unknown_counted()
    {
        var book = Of(Rule("a"), Rule("b"), Rule("c"));
        book.Of(["c", "gone", "a"], out var unknown).Ids.ShouldBe(["a", "c"]);
        unknown.ShouldBe(1);
        book.Of(null, out unknown).IsEmpty.ShouldBeTrue();
        unknown.ShouldBe(0);
        book.Of(["a", "b", "c"], out _).ShouldBeSameAs(book.For(s_anna, default), "what holds for all is made once");
    }

    [Fact]
    public void A_filter_names_itself_for_the_items_it_leaves_out()
    {
        var rules = Of(Rule("boost") with { Kind = RuleKinds.Boost, Factor = 2 }, Rule("no-bags")).For(s_anna, default);
        rules.FilterOf(new CatalogItem("1", "", "bags", null, null))!.Id.ShouldBe("no-bags");
        rules.FilterOf(new CatalogItem("1", "", "cups", null, null)).ShouldBeNull();
        rules.Filters.ShouldBe(["no-bags"]);
    }

    private static BusinessRule Rule(string id) => new(id, RuleKinds.Filter, s_bags);

    private static RuleBook Of(params BusinessRule[] rules) => RuleBook.Of(new ControlSnapshot(1, "", 0, null, [], new Dictionary<string, bool>(), Rules: rules));

    private static IReadOnlyList<string> Ids(RuleBook book, long nowMs, Subject subject = default, PageFacts? page = null) => book.For(subject, new AudienceFacts(page, null, nowMs)).Ids;
}
