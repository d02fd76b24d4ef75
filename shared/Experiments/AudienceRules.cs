using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Splitrail.Contracts;
using Splitrail.Hosting;

namespace Splitrail.Experiments;

/// <summary>What rules may say, and what they mean.</summary>
public static class AudienceRules
{
    private const int MaxValues = 1000;

    /// <returns>What is wrong with a rule and how to mend it, or null.</returns>
    public static string? FaultOf(AudienceRule rule)
    {
        if (rule.Attribute is null || !AudienceAttributes.All.Contains(rule.Attribute))
            return $"The audience asks for {BadInput.Show(rule.Attribute)}: use {string.Join(", ", AudienceAttributes.All)}.";
        var isNumber = AudienceAttributes.Numbers.Contains(rule.Attribute);
        var allowed = isNumber ? AudienceOperators.Numbers : AudienceOperators.OfTexts;
        if (rule.Operator is null || !allowed.Contains(rule.Operator))
            return $"The audience compares {rule.Attribute} by {BadInput.Show(rule.Operator)}: use {string.Join(", ", allowed)}.";
        if (rule.Values is null || rule.Values.Any(static value => value is null))
            return $"The audience rule {rule.Attribute} {rule.Operator} has no values: give a list of texts.";
        return FaultOfValues(rule, isNumber);
    }

    internal static Func<AudienceCase, bool> Compile(AudienceRule rule)
    {
        if (AudienceAttributes.Numbers.Contains(rule.Attribute))
            return OfNumber(rule.Attribute, rule.Operator, Number(rule.Values[0])!.Value);
        return rule.Operator switch
        {
            AudienceOperators.EqualTo or AudienceOperators.In => OfTexts(rule, isIn: true),
            AudienceOperators.NotIn => OfTexts(rule, isIn: false),
            AudienceOperators.Sampled => OfSample(rule.Attribute, Number(rule.Values[0])!.Value, rule.Values[1]),
            AudienceOperators.GrowthBookNamespace => OfNamespace(rule.Attribute, rule.Values[0], Number(rule.Values[1])!.Value, Number(rule.Values[2])!.Value),
            _ => OfVersion(rule.Attribute, rule.Operator, rule.Values[0]),
        };
    }

    private static string? FaultOfValues(AudienceRule rule, bool isNumber)
    {
        var (values, name) = (rule.Values, $"The audience rule {rule.Attribute} {rule.Operator}");
        if (isNumber)
            return values is [var number] && Number(number) is not null ? null : $"{name} has {Show(values)}: give one number.";
        return rule.Operator switch
        {
            AudienceOperators.EqualTo => values.Count == 1 ? null : $"{name} has {Show(values)}: give one value, or use '{AudienceOperators.In}'.",
            AudienceOperators.In or AudienceOperators.NotIn =>
                values.Count is >= 1 and <= MaxValues ? null : $"{name} has {values.Count} values: give 1 to {MaxValues}.",
            AudienceOperators.Sampled =>
                values is [var share, { Length: > 0 }] && Number(share) is >= 0 and <= 1 ? null : $"{name} has {Show(values)}: give a share from 0 to 1 and a seed.",
            AudienceOperators.GrowthBookNamespace =>
                values is [_, var from, var to] && Number(from) is >= 0 and <= 1 && Number(to) is >= 0 and <= 1
                    ? null : $"{name} has {Show(values)}: give the namespace, and from and to within 0 and 1.",
            _ => values is [var version] && SemanticVersion.TryRead(version, out _) ? null : $"{name} has {Show(values)}: give one version, such as 3.2.0.",
        };
    }

    private static Func<AudienceCase, bool> OfNumber(string attribute, string compare, double threshold) => compare switch
    {
        AudienceOperators.Greater => about => about.Facts.NumberOf(attribute) > threshold,
        AudienceOperators.AtLeast => about => about.Facts.NumberOf(attribute) >= threshold,
        AudienceOperators.Less => about => about.Facts.NumberOf(attribute) < threshold,
        AudienceOperators.AtMost => about => about.Facts.NumberOf(attribute) <= threshold,
        _ => about => about.Facts.NumberOf(attribute) == threshold,
    };

    private static Func<AudienceCase, bool> OfTexts(AudienceRule rule, bool isIn)
    {
        var attribute = rule.Attribute;
        var values = rule.Values.ToFrozenSet(attribute == AudienceAttributes.Unit ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase);
        return about => about.TextOf(attribute) is { } text ? values.Contains(text) == isIn : !isIn;
    }

    private static Func<AudienceCase, bool> OfVersion(string attribute, string compare, string threshold)
    {
        Func<int, bool> passes = compare switch
        {
            AudienceOperators.VersionGreater => static order => order > 0,
            AudienceOperators.VersionAtLeast => static order => order >= 0,
            AudienceOperators.VersionLess => static order => order < 0,
            AudienceOperators.VersionAtMost => static order => order <= 0,
            _ => static order => order == 0,
        };
        return about => SemanticVersion.TryRead(about.TextOf(attribute), out var version)
            && SemanticVersion.TryRead(threshold, out var other) && passes(version.CompareTo(other));
    }

    private static Func<AudienceCase, bool> OfSample(string attribute, double share, string seed)
    {
        var hash = new CompatibleHash([seed]);
        return about => about.TextOf(attribute) is { } text && SlotOf(hash, text) < share * SlotMap.Slots;
    }

    private static Func<AudienceCase, bool> OfNamespace(string attribute, string name, double from, double to) =>
        about => about.TextOf(attribute) is { } text && GrowthBook.InNamespace(text, name, from, to);

    private static int SlotOf(CompatibleHash hash, string text)
    {
        const int onStack = 1024;
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        var bytes = most <= onStack ? stackalloc byte[onStack] : new byte[most];
        var slot = 0;
        hash.Slots(bytes[..Encoding.UTF8.GetBytes(text, bytes)], new Span<int>(ref slot));
        return slot;
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static string Show(IReadOnlyList<string> values) => values.Count == 0 ? "no value" : string.Join(", ", values.Take(5).Select(BadInput.Show));
}
