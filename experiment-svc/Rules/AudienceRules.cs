using System.Globalization;
using System.Text.RegularExpressions;
using Splitrail.Contracts;

namespace Splitrail.ExperimentSvc.Rules;

/// <summary>What an audience may ask for, and whether two audiences can share a user.</summary>
internal static partial class AudienceRules
{
    private const int MostRules = 50;
    private const int MostValues = 1000;
    private const int LongestValue = 256;

    public static void Check(IReadOnlyList<AudienceRule>? audience, string member, Faults faults)
    {
        if (!faults.List(member, audience, MostRules))
            return;
        for (var i = 0; i < audience!.Count; i++)
            Check(audience[i], $"{member}[{i}]", faults);
    }

    /// <summary>True when no user can be in both: some attribute would have to be two things at once.</summary>
    public static bool AreDisjoint(IReadOnlyList<AudienceRule> one, IReadOnlyList<AudienceRule> other) =>
        one.Any(rule => other.Any(against => rule.Attribute == against.Attribute && Excludes(rule, against)));

    private static void Check(AudienceRule rule, string member, Faults faults)
    {
        faults.OneOf($"{member}.attribute", rule.Attribute, AudienceAttributes.All);
        var operators = AudienceAttributes.Numbers.Contains(rule.Attribute)
            ? [AudienceOperators.EqualTo, .. AudienceOperators.Numbers]
            : rule.Attribute == AudienceAttributes.AppVersion
                ? [.. AudienceOperators.Texts, .. AudienceOperators.Versions, AudienceOperators.Sampled]
                : (IReadOnlyList<string>)[.. AudienceOperators.Texts, AudienceOperators.Sampled];
        faults.OneOf($"{member}.operator", rule.Operator, operators);
        if (!faults.List($"{member}.values", rule.Values, MostValues))
            return;
        if (rule.Values.Any(static value => value.Length is 0 or > LongestValue))
            faults.Add($"{member}.values", rule.Values.First(static value => value.Length is 0 or > LongestValue), $"must be 1 to {LongestValue} characters each");
        CheckValues(rule, $"{member}.values", faults);
    }

    private static void CheckValues(AudienceRule rule, string member, Faults faults)
    {
        var (count, what) = rule.Operator switch
        {
            AudienceOperators.In or AudienceOperators.NotIn => (rule.Values.Count, ""),
            AudienceOperators.Sampled => (2, "two values: a share from 0 to 1 and a seed"),
            _ => (1, "one value"),
        };
        if (rule.Values.Count != count || count == 0)
            faults.Add(member, rule.Values.Count, $"must be {(what.Length == 0 ? "one value or more" : what)}");
        else if (rule.Operator == AudienceOperators.Sampled && !(Number(rule.Values[0]) is >= 0 and <= 1))
            faults.Add($"{member}[0]", rule.Values[0], "must be a share from 0 to 1, such as \"0.1\"");
        else if (AudienceAttributes.Numbers.Contains(rule.Attribute) && Number(rule.Values[0]) is null)
            faults.Add($"{member}[0]", rule.Values[0], "must be a number written as a text, such as \"12.5\"");
        else if (AudienceOperators.Versions.Contains(rule.Operator) && !Version().IsMatch(rule.Values[0]))
            faults.Add($"{member}[0]", rule.Values[0], "must be a version such as 4.2.0");
    }

    private static bool Excludes(AudienceRule one, AudienceRule other) =>
        (Named(one), Named(other)) switch
        {
            ({ } these, { } those) => !these.Overlaps(those),
            ({ } these, null) => Misses(these, other),
            (null, { } those) => Misses(those, one),
            _ => Range(one) is { } range && Range(other) is { } against && (range.Low > against.High || against.Low > range.High
                || (range.Low == against.High && (range.OpenLow || against.OpenHigh)) || (against.Low == range.High && (against.OpenLow || range.OpenHigh))),
        };

    /// <summary>True when the other rule holds for none of the named values.</summary>
    private static bool Misses(HashSet<string> named, AudienceRule rule) => rule.Operator == AudienceOperators.NotIn && named.IsSubsetOf(rule.Values);

    /// <summary>The values a rule names, when it holds for those alone.</summary>
    private static HashSet<string>? Named(AudienceRule rule) =>
        rule.Operator is AudienceOperators.EqualTo or AudienceOperators.In ? new(rule.Values, StringComparer.OrdinalIgnoreCase) : null;

    private static (double Low, bool OpenLow, double High, bool OpenHigh)? Range(AudienceRule rule) => (rule.Operator, Number(rule.Values[0])) switch
    {
        (AudienceOperators.Greater, { } least) => (least, true, double.PositiveInfinity, false),
        (AudienceOperators.AtLeast, { } least) => (least, false, double.PositiveInfinity, false),
        (AudienceOperators.Less, { } most) => (double.NegativeInfinity, false, most, true),
        (AudienceOperators.AtMost, { } most) => (double.NegativeInfinity, false, most, false),
        _ => null,
    };

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    [GeneratedRegex(@"^v?\d+(\.\d+){0,2}(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$")]
    private static partial Regex Version();
}
