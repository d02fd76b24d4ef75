using System.Globalization;
using Splitrail.Contracts;

namespace Splitrail.ExperimentSvc.Rules;

/// <summary>Whether two audiences can share a user.</summary>
internal static class AudienceOverlap
{
    /// <summary>True when no user can be in both: some attribute would have to be two things at once.</summary>
    public static bool AreDisjoint(IReadOnlyList<AudienceRule> one, IReadOnlyList<AudienceRule> other) =>
        one.Any(rule => other.Any(against => rule.Attribute == against.Attribute && Excludes(rule, against)));

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
}
