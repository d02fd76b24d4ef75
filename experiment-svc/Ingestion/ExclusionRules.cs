using System.Collections.Frozen;
using Splitrail.Contracts;

namespace Splitrail.ExperimentSvc.Ingestion;

/// <summary>Who is not counted: monitors, crawlers, people who work for the shop.</summary>
internal sealed class ExclusionRules
{
    private readonly FrozenSet<string> _ids;
    private readonly string[] _prefixes;
    private readonly string[] _suffixes;

    public ExclusionRules(IReadOnlyCollection<string> patterns)
    {
        _ids = patterns.Where(static pattern => !pattern.Contains('*')).ToFrozenSet(StringComparer.Ordinal);
        _prefixes = [.. patterns.Where(static pattern => pattern.EndsWith('*')).Select(static pattern => pattern[..^1])];
        _suffixes = [.. patterns.Where(static pattern => pattern.StartsWith('*')).Select(static pattern => pattern[1..])];
        Text = string.Join(',', patterns.Order(StringComparer.Ordinal));
    }

    public string Text { get; }

    public bool Excludes(string id) =>
        _ids.Contains(id)
        || Array.Exists(_prefixes, prefix => id.StartsWith(prefix, StringComparison.Ordinal))
        || Array.Exists(_suffixes, suffix => id.EndsWith(suffix, StringComparison.Ordinal));

    /// <summary>Why a pattern is refused; null when it is good.</summary>
    public static string? FaultOf(string pattern)
    {
        var id = pattern.StartsWith('*') ? pattern[1..] : pattern.EndsWith('*') ? pattern[..^1] : pattern;
        return ShopIds.IsKept(id) ? null : $"which {ShopIds.Rule}, with one * at its beginning or end";
    }
}
