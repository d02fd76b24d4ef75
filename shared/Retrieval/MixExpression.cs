using System.Collections.Concurrent;
using System.Globalization;

namespace Splitrail.Retrieval;

/// <summary>
/// A mix as an arm's parameters write it: a name, and in brackets what is otherwise, <c>default(als=150, content=60*0.2, recent=0)</c>: quota of a source (0
/// leaves it out), and after a star its weight in the blend, whatever the length of the history. Parsed once and kept.
/// </summary>
public static class MixExpression
{
    private const int MaxQuota = 2000;
    private const float MaxWeight = 100f;

    /// <summary>Expressions are those of running arms; more than this is somebody's mistake, and is parsed again each time.</summary>
    private const int Kept = 1000;
    private static readonly ConcurrentDictionary<string, Mix> s_parsed = new(StringComparer.Ordinal);

    /// <summary>Null when the text is no mix; <see cref="Fault"/> says why.</summary>
    public static Mix? Find(string text)
    {
        if (Mixes.Table.Find(text) is { } named)
            return named;
        if (s_parsed.TryGetValue(text, out var kept))
            return kept;
        if (Parse(text, out var mix) is not null)
            return null;
        if (s_parsed.Count < Kept)
            s_parsed[text] = mix!;
        return mix;
    }

    /// <summary>What is wrong with the text and how it is put right; null when it is a mix.</summary>
    public static string? Fault(string text) => Parse(text, out _);

    private static string? Parse(string text, out Mix? mix)
    {
        mix = null;
        var open = text.IndexOf('(', StringComparison.Ordinal);
        var name = open < 0 ? text : text[..open];
        if (Mixes.Table.Find(name.Trim()) is not { } based)
            return $"there is no mix '{name}': use {string.Join(", ", Mixes.Table.Names)}";
        if (open < 0)
        {
            mix = based;
            return null;
        }

        if (!text.EndsWith(')'))
            return "the bracket is not closed";
        var parts = text[(open + 1)..^1].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var tuned = based with { Name = text };
        foreach (var part in parts)
            if (Apply(part, ref tuned) is { } fault)
                return fault;
        mix = tuned with { Quotas = [.. tuned.Quotas.Where(static quota => quota.Quota > 0)] };
        return mix.Quotas.Count == 0 ? "no source is left" : null;
    }

    private static string? Apply(string part, ref Mix mix)
    {
        var (source, value) = part.Split('=') is [var left, var right] ? (left.Trim(), right.Trim()) : (part, "");
        if (CandidateSources.Table.Find(source) is null)
            return $"there is no source '{source}': use {string.Join(", ", CandidateSources.Table.Names)}";
        var numbers = value.Split('*', StringSplitOptions.TrimEntries);
        if (numbers.Length > 2 || !int.TryParse(numbers[0], NumberStyles.None, CultureInfo.InvariantCulture, out var quota) || quota > MaxQuota)
            return $"'{part}' must be source=quota or source=quota*weight, the quota 0 to {MaxQuota}";
        mix = mix with { Quotas = [.. mix.Quotas.Where(other => other.Source != source), new SourceQuota(source, quota)] };
        if (numbers.Length == 1)
            return null;
        if (!float.TryParse(numbers[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight) || !(weight <= MaxWeight))
            return $"the weight in '{part}' must be a number from 0 to {MaxWeight}";
        if (BlendWeights.With(mix.Cold, source, weight) is not { } cold || BlendWeights.With(mix.Warm, source, weight) is not { } warm)
            return $"source '{source}' has no weight in the blend, only a quota";
        mix = mix with { Cold = cold, Warm = warm };
        return null;
    }
}
