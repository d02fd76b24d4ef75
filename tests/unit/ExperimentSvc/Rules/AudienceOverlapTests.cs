using Shouldly;
using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Rules;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Rules;

public sealed class AudienceOverlapTests
{
    [Theory]
    [InlineData("device equals mobile", "device equals desktop", true)]
    [InlineData("device equals mobile", "device equals MOBILE", false)]
    [InlineData("device in mobile,tablet", "device in desktop,tv", true)]
    [InlineData("device in mobile,tablet", "device in tablet,tv", false)]
    [InlineData("device equals mobile", "device not_in mobile,tablet", true)]
    [InlineData("device in mobile,tv", "device not_in mobile", false)]
    [InlineData("device equals mobile", "country equals de", false)]
    [InlineData("interactions lt 10", "interactions gte 10", true)]
    [InlineData("interactions lte 10", "interactions gte 10", false)]
    [InlineData("interactions lte 10", "interactions gt 10", true)]
    [InlineData("interactions gt 3", "interactions gt 30", false)]
    [InlineData("app_version semver_lt 2.0.0", "app_version semver_gte 2.0.0", false)]
    public void Audiences_are_disjoint_only_when_no_user_can_be_in_both(string one, string other, bool disjoint)
    {
        AudienceOverlap.AreDisjoint([Rule(one)], [Rule(other)]).ShouldBe(disjoint);
        AudienceOverlap.AreDisjoint([Rule(other)], [Rule(one)]).ShouldBe(disjoint);
    }

    [Fact]
    public void Everybody_overlaps_with_everybody() => AudienceOverlap.AreDisjoint([], [Rule("device equals mobile")]).ShouldBeFalse();

    private static AudienceRule Rule(string text)
    {
        var parts = text.Split(' ');
        return new AudienceRule(parts[0], parts[1], parts[2].Split(','));
    }
}
