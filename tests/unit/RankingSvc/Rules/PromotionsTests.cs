using Shouldly;
using Splitrail.Contracts;
using Splitrail.RankingSvc.Rules;
using Xunit;

namespace Splitrail.Tests.Unit.RankingSvc.Rules;

public sealed class PromotionsTests
{
    private static readonly string[] s_categories = [.. Enumerable.Repeat("a", 10), "b", "b", "b"];

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.1)]
    [InlineData(0.3)]
    public void Wherever_the_list_is_cut_the_share_is_kept(double share)
    {
        var about = new RuleCase(10, s_categories, RuleCase.Of("b", RuleKinds.Promote, "b", share: share));
        Promotions.Apply(about.Slate, about.Rules, about.Trace);
        var isB = about.Order.Select(static id => int.Parse(id.AsSpan(1)) >= 10).ToArray();
        for (var cut = 1; cut <= 10; cut++)
            isB.Take(cut).Count(static one => one).ShouldBe((int)((share * cut) + 1e-9), $"in the first {cut}");
        about.Order.Order().ShouldBe(Enumerable.Range(0, 13).Select(static i => $"i{i}").Order());
        about.Order.Where(static id => int.Parse(id.AsSpan(1)) < 10).ShouldBe(Enumerable.Range(0, 10).Select(static i => $"i{i}"));
    }

    [Fact]
    public void What_stands_there_anyway_counts()
    {
        var about = new RuleCase(4, ["b", "a", "b", "a", "b"], RuleCase.Of("b", RuleKinds.Promote, "b", share: 0.5));
        Promotions.Apply(about.Slate, about.Rules, about.Trace);
        about.Order.ShouldBe(["i0", "i1", "i2", "i3", "i4"]);
        about.Trace.Effects()[0].Items.ShouldBe(0);
    }

    [Fact]
    public void Where_there_are_too_few_the_trace_says_so()
    {
        var about = new RuleCase(10, s_categories, RuleCase.Of("b", RuleKinds.Promote, "b", share: 1));
        Promotions.Apply(about.Slate, about.Rules, about.Trace);
        about.Order.Take(4).ShouldBe(["i10", "i11", "i12", "i0"]);
        about.Trace.Effects()[0].Note.ShouldBe("only 3 of 10 places: no more such items among the candidates");
    }

    [Fact]
    public void The_higher_priority_has_the_last_word()
    {
        var about = new RuleCase(2, ["a", "b", "c"], RuleCase.Of("b", RuleKinds.Promote, "b", share: 1, priority: 1), RuleCase.Of("c", RuleKinds.Promote, "c", share: 1));
        Promotions.Apply(about.Slate, about.Rules, about.Trace);
        about.Order[0].ShouldBe("i1");
    }
}
