using Shouldly;
using Splitrail.Contracts;
using Splitrail.Experiments;
using Xunit;

namespace Splitrail.Tests.Unit.Experiments;

public sealed class AudienceTests
{
    private const long DayMs = 86_400_000;

    private static readonly AudienceFacts s_facts = new(
        new PageFacts(Device: "Phone", Country: "DE", AppVersion: "v3.10"), new UserContext(1, 12, Math.Log(20), 3 * DayMs, []), 5 * DayMs);

    [Theory]
    [InlineData("device", "equals", "phone", true)]
    [InlineData("device", "equals", "tablet", false)]
    [InlineData("country", "in", "at|de", true)]
    [InlineData("country", "not_in", "at|de", false)]
    [InlineData("country", "not_in", "fr", true)]
    [InlineData("unit_kind", "equals", "user", true)]
    [InlineData("unit", "in", "u1|u2", true)]
    [InlineData("unit", "in", "U1", false)]
    [InlineData("interactions", "equals", "12", true)]
    [InlineData("interactions", "gt", "12", false)]
    [InlineData("interactions", "gte", "12", true)]
    [InlineData("interactions", "lt", "12.5", true)]
    [InlineData("interactions", "lte", "11", false)]
    [InlineData("days_since_last", "equals", "2", true)]
    [InlineData("mean_price", "gt", "19.99", true)]
    [InlineData("app_version", "semver_gt", "3.9.0", true)]
    [InlineData("app_version", "semver_gte", "3.10.0", true)]
    [InlineData("app_version", "semver_equals", "3.10.0", true)]
    [InlineData("app_version", "semver_lt", "3.10.0", false)]
    [InlineData("app_version", "semver_lte", "3.9.9", false)]
    [InlineData("unit", "sampled", "1|s", true)]
    [InlineData("unit", "sampled", "0|s", false)]
    public void A_rule_holds_when_the_attribute_fulfils_it(string attribute, string comparison, string values, bool holds) =>
        Of(new AudienceRule(attribute, comparison, values.Split('|'))).Holds("u1", Subject.User, s_facts).ShouldBe(holds);

    [Theory]
    [InlineData("device", "equals", "phone", false)]
    [InlineData("device", "not_in", "phone", true)]
    [InlineData("interactions", "lt", "5", false)]
    [InlineData("mean_price", "lt", "5", false)]
    [InlineData("app_version", "semver_lt", "3.0.0", false)]
    [InlineData("unit", "sampled", "1|s", false)]
    public void An_unknown_attribute_fulfils_nothing_but_not_in(string attribute, string comparison, string values, bool holds) =>
        Of(new AudienceRule(attribute, comparison, values.Split('|'))).Holds(null, Subject.Nobody, default).ShouldBe(holds);

    [Fact]
    public void All_rules_must_hold() =>
        Of(new("device", "equals", ["phone"]), new("country", "equals", ["FR"])).Holds("u1", Subject.User, s_facts).ShouldBeFalse();

    [Fact]
    public void A_sample_has_its_share_and_is_independent_of_another_seed()
    {
        var (one, other) = (Of(new AudienceRule("unit", "sampled", ["0.25", "a"])), Of(new AudienceRule("unit", "sampled", ["0.25", "b"])));
        string[] units = [.. Enumerable.Range(0, 40_000).Select(static i => $"u{i}")];

        units.Count(unit => one.Holds(unit, Subject.User, default)).ShouldBeInRange(9_700, 10_300);
        units.Count(unit => one.Holds(unit, Subject.User, default) && other.Holds(unit, Subject.User, default)).ShouldBeInRange(2_300, 2_700);
    }

    [Theory]
    [InlineData("shoe_size", "equals", "1", "shoe_size")]
    [InlineData("device", "gt", "1", "\"gt\"")]
    [InlineData("interactions", "in", "1", "\"in\"")]
    [InlineData("interactions", "gt", "many", "\"many\"")]
    [InlineData("interactions", "gt", "NaN", "\"NaN\"")]
    [InlineData("app_version", "semver_gt", "new", "\"new\"")]
    [InlineData("device", "equals", "a|b", "\"b\"")]
    [InlineData("unit", "sampled", "1.5|s", "\"1.5\"")]
    [InlineData("unit", "growthbook_namespace", "n|0", "\"n\"")]
    public void A_rule_that_is_not_understood_is_named_and_holds_for_nobody(string attribute, string comparison, string values, string quoted)
    {
        var faults = new List<string>();
        var audience = Audience.Of([new AudienceRule(attribute, comparison, values.Split('|'))], faults).ShouldNotBeNull();

        faults.ShouldHaveSingleItem().ShouldContain(quoted);
        audience.Holds("u1", Subject.User, s_facts).ShouldBeFalse();
    }

    [Fact]
    public void No_rules_are_no_audience() => Audience.Of([], []).ShouldBeNull();

    private static Audience Of(params AudienceRule[] rules)
    {
        var faults = new List<string>();
        var audience = Audience.Of(rules, faults).ShouldNotBeNull();
        faults.ShouldBeEmpty();
        return audience;
    }
}
