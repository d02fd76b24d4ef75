using Shouldly;
using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Rules;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Rules;

public sealed class ReRankRulesTests
{
    [Theory]
    [InlineData("mmr", true)]
    [InlineData("mmr+exploration", true)]
    [InlineData("mmr+mmr", false)]
    [InlineData("mmr+", false)]
    [InlineData("", false)]
    [InlineData("MMR", false)]
    public void Re_rankers_are_names_that_exist_each_once(string value, bool allowed) =>
        ParameterSchema.Rules.Single(static rule => rule.Name == "re_ranker").Allows(value).ShouldBe(allowed);

    [Fact]
    public void Good_options_pass() => FaultsOf("mmr+price_band", new ReRankOptions(DiversityWeight: 0.5, DiversityBy: "both", PriceBand: 3)).ShouldBeEmpty();

    [Fact]
    public void Options_out_of_bounds_are_told_with_member_and_bounds()
    {
        var faults = FaultsOf("mmr+exploration", new ReRankOptions(DiversityWeight: double.NaN, DiversityBy: "colour", ExplorationShare: 0.9));
        faults.ShouldBe(["p.re_rank.diversity_weight", "p.re_rank.exploration_share", "p.re_rank.diversity_by"]);
    }

    [Fact]
    public void An_option_that_nobody_reads_is_a_fault() =>
        FaultsOf(null, new ReRankOptions(MaxPerCategory: 3, ExplorationSeed: "s")).ShouldBe(["p.re_rank.max_per_category", "p.re_rank.exploration_seed"]);

    private static string[] FaultsOf(string? reRanker, ReRankOptions options)
    {
        var faults = new Faults();
        ReRankRules.Check(new ArmParameters(ReRanker: reRanker, ReRank: options), "p", faults);
        return [.. faults.All.Select(static fault => fault.Member)];
    }
}
