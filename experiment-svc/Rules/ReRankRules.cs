using Splitrail.Contracts;
using Splitrail.Policies;

namespace Splitrail.ExperimentSvc.Rules;

/// <summary>What the options of re-rankers must be. One that no re-ranker of the arm reads would change nothing, and whoever wrote it meant it to.</summary>
internal static class ReRankRules
{
    private const int LongestSeed = 64;

    private static readonly NumberRule[] s_numbers =
    [
        new("diversity_weight", ReRankerNames.Mmr, 0, 1, static options => options.DiversityWeight),
        new("max_per_category", ReRankerNames.CategoryCaps, 1, 500, static options => options.MaxPerCategory),
        new("freshness_weight", ReRankerNames.Freshness, 0, 1, static options => options.FreshnessWeight),
        new("freshness_half_life_days", ReRankerNames.Freshness, 0.01, 3650, static options => options.FreshnessHalfLifeDays),
        new("price_band", ReRankerNames.PriceBand, 1, 100, static options => options.PriceBand),
        new("price_weight", ReRankerNames.PriceBand, 0, 1, static options => options.PriceWeight),
        new("exploration_share", ReRankerNames.Exploration, 0, 0.5, static options => options.ExplorationShare),
        new("exploration_max_age_days", ReRankerNames.Exploration, 0, 3650, static options => options.ExplorationMaxAgeDays),
    ];

    public static void Check(ArmParameters parameters, string at, Faults faults)
    {
        if (parameters.ReRank is not { } options)
            return;
        var used = (parameters.ReRanker ?? "").Split(ReRankerNames.And);
        foreach (var rule in s_numbers)
        {
            if (rule.Read(options) is not { } value)
                continue;
            var member = $"{at}.re_rank.{rule.Name}";
            if (!(value >= rule.Least && value <= rule.Most))
                faults.Add(member, value, $"must be a number from {Faults.Number(rule.Least)} to {Faults.Number(rule.Most)}");
            CheckUse(member, value, rule.ReRanker, used, faults);
        }

        CheckTexts(options, used, $"{at}.re_rank", faults);
    }

    private static void CheckTexts(ReRankOptions options, string[] used, string at, Faults faults)
    {
        if (options.DiversityBy is { } likeness)
        {
            faults.OneOf($"{at}.diversity_by", likeness, Likeness.All);
            CheckUse($"{at}.diversity_by", likeness, ReRankerNames.Mmr, used, faults);
        }

        if (options.ExplorationSeed is not { } seed)
            return;
        if (seed.Length > LongestSeed || seed.Any(char.IsControl))
            faults.Add($"{at}.exploration_seed", seed, $"must have at most {LongestSeed} printable characters");
        CheckUse($"{at}.exploration_seed", seed, ReRankerNames.Exploration, used, faults);
    }

    private static void CheckUse(string member, object value, string reRanker, string[] used, Faults faults)
    {
        if (!used.Contains(reRanker))
            faults.Add(member, value, $"is an option of the re-ranker '{reRanker}', which this arm does not use: name it in re_ranker, or leave the option out");
    }

    private sealed record NumberRule(string Name, string ReRanker, double Least, double Most, Func<ReRankOptions, double?> Read);
}
