using Splitrail.Merchandising;
using Splitrail.RankingSvc.Explaining;
using Splitrail.RankingSvc.ReRankers;
using Splitrail.RankingSvc.Rules;
using Splitrail.RankingSvc.Weights;

namespace Splitrail.RankingSvc;

/// <summary>From the ranker's scores to an order: ranking weights, boosts and burying, re-rankers, promotions. Pins come last, when the list is made.</summary>
internal static class Ordering
{
    /// <param name="slate">With the ranker's scores.</param>
    /// <param name="ordered">False when the offers' own order stays: then there is nothing to weigh.</param>
    /// <param name="about">The request and the model.</param>
    /// <param name="rules">Rules that hold for the request.</param>
    /// <param name="weights">Ranking weights.</param>
    /// <param name="reRankers">The re-rankers.</param>
    /// <param name="trace">What the rules did.</param>
    /// <returns>The order after each step, when the request wants to know.</returns>
    public static RankSteps? Apply(Slate slate, bool ordered, in ReRankCase about, ActiveRules rules, WeightBook weights, ReRankerTable reRankers, RuleTrace trace)
    {
        slate.TakeShown(ordered);
        var steps = about.Request.Explain ? new RankSteps(slate) : null;
        if (ordered && !weights.IsRankerAlone)
        {
            ScoreBlend.Apply(slate, weights, about);
            slate.TakeShown(ordered);
        }

        ScoreRules.Weigh(slate, rules, trace);
        steps?.Weighed(slate);
        reRankers.Apply(about.Request.ReRanker, slate, about);
        ScoreRules.Bury(slate, rules, trace);
        steps?.ReRanked(slate);
        Promotions.Apply(slate, rules, trace);
        return steps;
    }
}
