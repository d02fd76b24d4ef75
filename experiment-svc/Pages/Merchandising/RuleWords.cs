using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Merchandising;

namespace Splitrail.ExperimentSvc.Pages.Merchandising;

/// <summary>A rule in its owner's words.</summary>
internal static class RuleWords
{
    private const int MostValues = 5;

    public static string EffectOf(string kind) => kind switch
    {
        RuleKinds.Boost => "boost: the score of these items counts more",
        RuleKinds.Bury => "bury: it counts less; without a factor they stand behind all others",
        RuleKinds.Pin => "pin: one item stands at a place",
        RuleKinds.Filter => "filter: these items are in no list at all",
        RuleKinds.Promote => "promote: these items have at least a share of the places",
        _ => kind,
    };

    public static string Of(DefinedRule rule) => rule.Kind switch
    {
        RuleKinds.Boost => $"counts {Shown.Value(rule.Factor)} times as much: {Items(rule)}",
        RuleKinds.Bury => rule.Factor is > 0 ? $"counts {Shown.Value(rule.Factor)} times as much: {Items(rule)}" : $"behind all others: {Items(rule)}",
        RuleKinds.Pin => $"{rule.ItemId} stands at place {rule.Position}",
        RuleKinds.Filter => $"shown in no list: {Items(rule)}",
        RuleKinds.Promote => $"at least {Shown.Percent(rule.Share)} of the places: {Items(rule)}",
        _ => rule.Kind,
    };

    public static string When(DefinedRule rule) => (rule.From, rule.Until) switch
    {
        (null, null) => "always",
        ({ } from, null) => $"from {Shown.Moment(from)}",
        (null, { } until) => $"until {Shown.Moment(until)}",
        ({ } from, { } until) => $"from {Shown.Moment(from)} until {Shown.Moment(until)}",
    };

    public static string ForWhom(DefinedRule rule) =>
        rule.Audience.Count == 0 ? "everybody" : string.Join(" and ", rule.Audience.Select(static one => $"{Shown.Words(one.Attribute)} {Shown.Words(one.Operator)} {Values(one.Values)}"));

    private static string Items(DefinedRule rule) => string.Join(" and ", rule.Conditions.Select(static one => $"{Shown.Words(one.Field)} {Compare(one.Operator)} {Values(one.Values)}"));

    private static string Compare(string name) => name switch
    {
        ItemOperators.EqualTo => "is",
        ItemOperators.In => "is one of",
        ItemOperators.NotIn => "is none of",
        ItemOperators.Greater => "above",
        ItemOperators.AtLeast => "at least",
        ItemOperators.Less => "below",
        ItemOperators.AtMost => "at most",
        _ => name,
    };

    private static string Values(IReadOnlyList<string> values) => string.Join(", ", values.Take(MostValues)) + (values.Count > MostValues ? $" and {values.Count - MostValues} more" : "");
}
