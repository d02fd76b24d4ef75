using Splitrail.Contracts;
using Splitrail.Datasets;
using Splitrail.Experiments;
using Splitrail.ExperimentSvc.Rules;
using Splitrail.Merchandising;

namespace Splitrail.ExperimentSvc.Merchandising;

/// <summary>What a business rule must be by itself: what its kind needs is there, and nothing that its kind would not read.</summary>
internal static class RuleChecks
{
    public const int MostRules = 500;
    private const int MostConditions = 20;
    private const int LongestText = 2000;
    private const int MaxPosition = 500;
    private const double MaxFactor = 1000;

    public static void Check(DefinedRule rule, Faults faults)
    {
        faults.Id("id", rule.Id);
        faults.OneOf("kind", rule.Kind, RuleKinds.All);
        if (rule.Description is { Length: > LongestText })
            faults.Add("description", rule.Description.Length, $"must have at most {LongestText} characters");
        if (rule.Priority is < -1000 or > 1000)
            faults.Add("priority", rule.Priority, "must be a whole number from -1000 to 1000");
        if (rule.From >= rule.Until)
            faults.Add("until", rule.Until?.ToString("O"), $"must be after from, which is {rule.From:O}, or the rule never holds");
        CheckConditions(rule, faults);
        CheckAudience(rule.Audience, faults);
        CheckFactor(rule, faults);
        CheckPin(rule, faults);
        CheckMember("share", rule.Share, rule, [RuleKinds.Promote], static share => share is > 0 and <= 1, "must be a number above 0 and up to 1: the part of the places", faults);
    }

    private static void CheckConditions(DefinedRule rule, Faults faults)
    {
        if (!faults.List("conditions", rule.Conditions, MostConditions))
            return;
        if (rule.Kind == RuleKinds.Pin && rule.Conditions.Count > 0)
            faults.Add("conditions", rule.Conditions.Count, "must be left out: a pin names its item by item_id");
        if (rule.Kind != RuleKinds.Pin && rule.Conditions.Count == 0)
            faults.Add("conditions", 0, "must be at least one: a rule about every item changes nothing, or leaves nothing");
        for (var i = 0; i < rule.Conditions.Count; i++)
        {
            if (ItemConditions.FaultOf(rule.Conditions[i]) is { } fault)
                faults.Add($"conditions[{i}]", $"{rule.Conditions[i].Field} {rule.Conditions[i].Operator}", fault.TrimEnd('.'));
        }
    }

    private static void CheckAudience(IReadOnlyList<AudienceRule> audience, Faults faults)
    {
        if (!faults.List("audience", audience, MostConditions))
            return;
        for (var i = 0; i < audience.Count; i++)
        {
            if (AudienceRules.FaultOf(audience[i]) is { } fault)
                faults.Add($"audience[{i}]", $"{audience[i].Attribute} {audience[i].Operator}", fault.TrimEnd('.'));
        }
    }

    private static void CheckFactor(DefinedRule rule, Faults faults)
    {
        if (rule.Kind == RuleKinds.Bury && rule.Factor is { } bury && !(bury is >= 0 and < 1))
            faults.Add("factor", bury, "must be a number from 0 to below 1: the score counts so many times as much, and 0 is behind all others");
        else if (rule.Kind != RuleKinds.Bury)
            CheckMember("factor", rule.Factor, rule, [RuleKinds.Boost], static factor => factor is > 1 and <= MaxFactor, $"must be a number above 1 and up to {MaxFactor}: the score counts so many times as much", faults);
    }

    private static void CheckPin(DefinedRule rule, Faults faults)
    {
        CheckMember("position", rule.Position, rule, [RuleKinds.Pin], static position => position is >= 1 and <= MaxPosition, $"must be a whole number from 1 to {MaxPosition}", faults);
        if (rule.Kind == RuleKinds.Pin && DatasetIds.FaultOf(rule.ItemId ?? "") is { } fault)
            faults.Add("item_id", rule.ItemId, fault);
        else if (rule.Kind != RuleKinds.Pin && rule.ItemId is not null)
            faults.Add("item_id", rule.ItemId, $"must be left out: only a {RuleKinds.Pin} reads it; name items in conditions by the field item_id");
    }

    private static void CheckMember(string member, double? value, DefinedRule rule, string[] kinds, Func<double, bool> allowed, string bounds, Faults faults)
    {
        if (!RuleKinds.All.Contains(rule.Kind))
            return;
        if (!kinds.Contains(rule.Kind))
        {
            if (value is not null)
                faults.Add(member, value, $"must be left out: only {string.Join(" and ", kinds)} reads it");
        }
        else if (value is not { } number || !allowed(number))
        {
            faults.Add(member, value, bounds);
        }
    }
}
