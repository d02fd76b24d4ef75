using Shouldly;
using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Merchandising;
using Splitrail.ExperimentSvc.Rules;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Merchandising;

public sealed class RuleChecksTests
{
    private static readonly ItemCondition[] s_bags = [new(ItemFields.Category, ItemOperators.EqualTo, ["bags"])];

    public static TheoryData<string> Good => [.. Rules.Keys];

    private static Dictionary<string, DefinedRule> Rules { get; } = new()
    {
        [RuleKinds.Boost] = new() { Id = "r", Kind = RuleKinds.Boost, Conditions = s_bags, Factor = 1.5 },
        [RuleKinds.Bury] = new() { Id = "r", Kind = RuleKinds.Bury, Conditions = s_bags },
        [RuleKinds.Pin] = new() { Id = "r", Kind = RuleKinds.Pin, ItemId = "i1", Position = 1 },
        [RuleKinds.Filter] = new() { Id = "r", Kind = RuleKinds.Filter, Conditions = s_bags, Audience = [new("device", "equals", ["phone"])] },
        [RuleKinds.Promote] = new() { Id = "r", Kind = RuleKinds.Promote, Conditions = s_bags, Share = 0.25, From = DateTimeOffset.UnixEpoch, Until = DateTimeOffset.UnixEpoch.AddDays(1) },
    };

    [Theory]
    [MemberData(nameof(Good))]
    public void A_rule_with_what_its_kind_needs_passes(string kind) => FaultsOf(Rules[kind]).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Good))]
    public void What_another_kind_reads_is_refused(string kind)
    {
        var rule = Rules[kind] with { Factor = 0.5, ItemId = "i", Position = 1, Share = 0.5, Conditions = s_bags };
        string[] own = kind switch
        {
            RuleKinds.Boost => [],
            RuleKinds.Bury => ["factor"],
            RuleKinds.Pin => ["item_id", "position"],
            RuleKinds.Promote => ["share", "conditions"],
            _ => ["conditions"],
        };
        string[] wrong = kind == RuleKinds.Pin ? ["conditions", "factor", "share"] : [.. new[] { "factor", "item_id", "position", "share" }.Except(own)];
        FaultsOf(rule).ShouldBe(wrong, ignoreOrder: true);
    }

    [Fact]
    public void What_is_missing_or_out_of_bounds_is_told()
    {
        FaultsOf(new DefinedRule { Id = "Not good", Kind = "teleport", Priority = 5000 }).ShouldBe(["id", "kind", "priority", "conditions"], ignoreOrder: true);
        FaultsOf(Rules[RuleKinds.Boost] with { Factor = double.PositiveInfinity }).ShouldBe(["factor"]);
        FaultsOf(Rules[RuleKinds.Boost] with { Factor = null }).ShouldBe(["factor"]);
        FaultsOf(Rules[RuleKinds.Bury] with { Factor = 1 }).ShouldBe(["factor"]);
        FaultsOf(Rules[RuleKinds.Pin] with { Position = 0, ItemId = "" }).ShouldBe(["position", "item_id"]);
        FaultsOf(Rules[RuleKinds.Promote] with { Share = double.NaN }).ShouldBe(["share"]);
        FaultsOf(Rules[RuleKinds.Promote] with { Until = DateTimeOffset.UnixEpoch }).ShouldBe(["until"]);
        FaultsOf(Rules[RuleKinds.Filter] with { Conditions = [new("colour", "equals", ["red"])], Audience = [new("device", "is", ["x"])] }).ShouldBe(["conditions[0]", "audience[0]"]);
        FaultsOf(Rules[RuleKinds.Filter] with { Conditions = [null!] }).ShouldBe(["conditions"]);
    }

    [Fact]
    public void Weights_are_from_0_to_100_and_not_all_0()
    {
        WeightFaults("bags", new DefinedWeights { Ranker = 1, Popularity = 0.5 }).ShouldBeEmpty();
        WeightFaults("bags", new DefinedWeights()).ShouldBe(["ranker"]);
        WeightFaults("bags", new DefinedWeights { Ranker = -1, Content = 101, Price = double.NaN }).ShouldBe(["ranker", "price", "content"]);
        WeightFaults("", new DefinedWeights { Ranker = 1 }).ShouldBe(["category"]);
    }

    private static string[] FaultsOf(DefinedRule rule)
    {
        var faults = new Faults();
        RuleChecks.Check(rule, faults);
        return [.. faults.All.Select(static fault => fault.Member)];
    }

    private static string[] WeightFaults(string category, DefinedWeights weights)
    {
        var faults = new Faults();
        WeightChecks.Check(category, weights, faults);
        return [.. faults.All.Select(static fault => fault.Member)];
    }
}
