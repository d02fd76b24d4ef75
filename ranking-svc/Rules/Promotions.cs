using System.Globalization;
using Splitrail.Contracts;
using Splitrail.Merchandising;
using Splitrail.RankingSvc.ReRankers;

namespace Splitrail.RankingSvc.Rules;

/// <summary>
/// A share of the places for what a rule means. Wherever the list is cut, at least share x places (rounded down) are given to such items: those that stand there anyway count, and where they are too few the
/// next best is brought up. Of several promotions the one of the highest priority has the last word.
/// </summary>
internal static class Promotions
{
    /// <summary>So that 0.1 x 10 is 1.</summary>
    private const double Rounding = 1e-9;

    public static void Apply(Slate slate, ActiveRules rules, RuleTrace trace)
    {
        for (var i = rules.Rules.Count - 1; i >= 0; i--)
        {
            if (rules.Rules[i] is { Kind: RuleKinds.Promote, Rule.Share: { } share } rule)
                Apply(slate, rule, share, trace);
        }
    }

    private static void Apply(Slate slate, CompiledRule rule, double share, RuleTrace trace)
    {
        var (given, next) = (0, 0);
        for (var rank = 0; rank < slate.Wanted; rank++)
        {
            if (rule.Matches(slate.Offers[slate.Order[rank]].Item))
            {
                given++;
                continue;
            }

            if (given >= Math.Floor((share * (rank + 1)) + Rounding))
                continue;
            next = Next(slate, rule, Math.Max(next, rank + 1));
            if (next < 0)
            {
                trace.Note(rule, string.Create(CultureInfo.InvariantCulture, $"only {given} of {Math.Floor((share * slate.Wanted) + Rounding)} places: no more such items among the candidates"));
                return;
            }

            trace.Applied(rule, slate.Offers[slate.Order[next]].ItemId, string.Create(CultureInfo.InvariantCulture, $"from rank {next + 1} to {rank + 1}"));
            slate.Move(next, rank);
            given++;
        }
    }

    private static int Next(Slate slate, CompiledRule rule, int from)
    {
        for (var rank = from; rank < slate.Count; rank++)
        {
            if (rule.Matches(slate.Offers[slate.Order[rank]].Item))
                return rank;
        }

        return -1;
    }
}
