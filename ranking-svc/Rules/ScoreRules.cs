using System.Globalization;
using System.Runtime.InteropServices;
using Splitrail.Contracts;
using Splitrail.Merchandising;
using Splitrail.RankingSvc.ReRankers;

namespace Splitrail.RankingSvc.Rules;

/// <summary>Boosts, and burying: by a factor before the re-rankers, behind all others after them.</summary>
internal static class ScoreRules
{
    /// <summary>Scores of several rules multiply.</summary>
    public static void Weigh(Slate slate, ActiveRules rules, RuleTrace trace)
    {
        var weighed = false;
        foreach (var rule in rules.Rules)
        {
            if (rule.Kind is not (RuleKinds.Boost or RuleKinds.Bury) || rule.Rule.Factor is not > 0)
                continue;
            var factor = (float)rule.Rule.Factor;
            var effect = string.Create(CultureInfo.InvariantCulture, $"score x {factor}");
            var offers = CollectionsMarshal.AsSpan(slate.Offers);
            for (var place = 0; place < offers.Length; place++)
            {
                if (!rule.Matches(offers[place].Item))
                    continue;
                slate.Lift(place, factor);
                trace.Applied(rule, offers[place].ItemId, effect);
                weighed = true;
            }
        }

        if (weighed)
            slate.Sort();
    }

    /// <summary>What is buried by 0 goes behind all others, in its order.</summary>
    public static void Bury(Slate slate, ActiveRules rules, RuleTrace trace)
    {
        foreach (var rule in rules.Rules)
        {
            if (rule.Kind != RuleKinds.Bury || rule.Rule.Factor is > 0)
                continue;
            slate.SendBack(place => rule.Matches(slate.Offers[place].Item), place => trace.Applied(rule, slate.Offers[place].ItemId, "behind all others"));
        }
    }
}
