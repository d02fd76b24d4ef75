using Shouldly;
using Splitrail.Contracts;
using Splitrail.RankingSvc.Rules;
using Xunit;

namespace Splitrail.Tests.Unit.RankingSvc.Rules;

public sealed class ScoreRulesTests
{
    private static readonly string[] s_categories = ["a", "b", "a", "b", "c"];

    [Fact]
    public void A_boost_lifts_what_it_means_and_leaves_the_shown_score()
    {
        var about = new RuleCase(5, s_categories, RuleCase.Of("more-b", RuleKinds.Boost, "b", factor: 1.5));
        ScoreRules.Weigh(about.Slate, about.Rules, about.Trace);
        about.Order.ShouldBe(["i1", "i3", "i0", "i2", "i4"]);
        about.Slate.ShownOf("i1").ShouldBe(0.99f);
        about.Trace.Effects().ShouldBe([new RuleEffect("more-b", RuleKinds.Boost, 2)]);
        about.Trace.Of("i3")!.ShouldHaveSingleItem().Effect.ShouldBe("score x 1.5");
        about.Trace.Of("i0").ShouldBeNull();
    }

    [Fact]
    public void Factors_of_several_rules_multiply()
    {
        var about = new RuleCase(5, s_categories, RuleCase.Of("x", RuleKinds.Boost, "c", factor: 2), RuleCase.Of("y", RuleKinds.Bury, "c", factor: 0.5));
        ScoreRules.Weigh(about.Slate, about.Rules, about.Trace);
        about.Order.ShouldBe(["i0", "i1", "i2", "i3", "i4"]);
    }

    [Fact]
    public void Buried_by_0_is_behind_all_others_in_the_same_order()
    {
        var about = new RuleCase(5, s_categories, RuleCase.Of("no-a", RuleKinds.Bury, "a", factor: 0));
        ScoreRules.Weigh(about.Slate, about.Rules, about.Trace);
        about.Order[0].ShouldBe("i0", "only after the re-rankers");
        ScoreRules.Bury(about.Slate, about.Rules, about.Trace);
        about.Order.ShouldBe(["i1", "i3", "i4", "i0", "i2"]);
    }
}
