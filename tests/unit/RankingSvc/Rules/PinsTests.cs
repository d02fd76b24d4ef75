using Shouldly;
using Splitrail.Contracts;
using Splitrail.RankingSvc.Rules;
using Xunit;

namespace Splitrail.Tests.Unit.RankingSvc.Rules;

public sealed class PinsTests
{
    private static readonly string[] s_categories = ["a", "b", "c", "d"];

    [Fact]
    public void A_pinned_item_stands_at_its_place_candidate_or_not()
    {
        var about = new RuleCase(3, s_categories, RuleCase.PinOf("p", "extra", 2), RuleCase.PinOf("q", "i3", 1));
        List(about, 3).ShouldBe(["i3", "extra", "i0"]);
        List(about, 10).ShouldBe(["i3", "extra", "i0", "i1", "i2"]);
    }

    [Fact]
    public void Beyond_the_end_a_pin_is_last_and_cut_off_it_is_not_shown()
    {
        List(new RuleCase(4, s_categories, RuleCase.PinOf("p", "extra", 50)), 10).ShouldBe(["i0", "i1", "i2", "i3", "extra"]);
        List(new RuleCase(2, s_categories, RuleCase.PinOf("p", "extra", 50)), 2).ShouldBe(["i0", "i1"]);
    }

    [Fact]
    public void Of_two_at_one_place_the_higher_priority_gets_it_and_the_other_the_next()
    {
        var about = new RuleCase(4, s_categories, RuleCase.PinOf("a", "i2", 1), RuleCase.PinOf("b", "i3", 1, priority: 1));
        List(about, 4).ShouldBe(["i3", "i2", "i0", "i1"]);
    }

    [Fact]
    public void An_item_that_may_not_be_offered_is_passed_over_with_the_reason()
    {
        var about = new RuleCase(
            4, s_categories, RuleCase.PinOf("gone", "nothing", 1), RuleCase.PinOf("stock", "sold", 1), RuleCase.PinOf("seen", "i0", 1), RuleCase.PinOf("twice", "i1", 3), RuleCase.PinOf("once", "i1", 2),
            RuleCase.PinOf("forbidden", "i2", 1), RuleCase.Of("filter", RuleKinds.Filter, "c"));
        var request = new RankRequest(UserContext.Empty, ["i0"], CandidateColumns.Empty, 0, ItemFilters.Default, null, null, 0);
        about.Pin(request)!.ShouldBe([new PinnedItem("i1", 2, "once")]);
        var notes = about.Trace.Effects().ToDictionary(static effect => effect.Rule, static effect => effect.Note);
        notes["gone"].ShouldBe("not shown: it is not in the catalogue");
        notes["stock"].ShouldBe("not shown: it is out of stock");
        notes["seen"].ShouldBe("not shown: the shopper has just seen or bought it");
        notes["forbidden"].ShouldBe("not shown: the rule 'filter' leaves it out");
        notes["twice"].ShouldBe("another rule pins the item already");
        notes["once"].ShouldBeNull();
    }

    private static string[] List(RuleCase about, int count) => [.. PinnedList.Of(about.Slate.Best(), about.Pin()!, count, about.Slate.ShownOf).Select(static item => item.ItemId)];
}
