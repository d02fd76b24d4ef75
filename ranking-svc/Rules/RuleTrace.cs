using Splitrail.Contracts;
using Splitrail.Merchandising;

namespace Splitrail.RankingSvc.Rules;

/// <summary>What each rule of one request did: counted always, told item by item when somebody wants to know.</summary>
internal sealed class RuleTrace
{
    private readonly IReadOnlyList<CompiledRule> _rules;
    private readonly int[] _items;
    private readonly string?[] _notes;
    private readonly Dictionary<string, List<AppliedRule>>? _byItem;

    public RuleTrace(ActiveRules rules, bool isWanted)
    {
        _rules = rules.Rules;
        _items = _rules.Count == 0 ? [] : new int[_rules.Count];
        _notes = _rules.Count == 0 ? [] : new string?[_rules.Count];
        _byItem = isWanted && _rules.Count > 0 ? new Dictionary<string, List<AppliedRule>>(StringComparer.Ordinal) : null;
    }

    /// <summary>The rule left an item out.</summary>
    public void Applied(CompiledRule rule) => _items[IndexOf(rule)]++;

    /// <summary>The rule did something to an item of the list.</summary>
    /// <param name="rule">Of this request.</param>
    /// <param name="itemId">The item.</param>
    /// <param name="effect">In a few words.</param>
    public void Applied(CompiledRule rule, string itemId, string effect)
    {
        Applied(rule);
        if (_byItem is null)
            return;
        if (!_byItem.TryGetValue(itemId, out var effects))
            _byItem[itemId] = effects = [];
        effects.Add(new AppliedRule(rule.Id, rule.Kind, effect));
    }

    /// <summary>Why a rule did less than it says.</summary>
    public void Note(CompiledRule rule, string why) => _notes[IndexOf(rule)] = why;

    public IReadOnlyList<AppliedRule>? Of(string itemId) => _byItem?.GetValueOrDefault(itemId);

    public RuleEffect[] Effects() => [.. _rules.Select((rule, i) => new RuleEffect(rule.Id, rule.Kind, _items[i], _notes[i]))];

    public void Count(RankingMetrics metrics)
    {
        for (var i = 0; i < _rules.Count; i++)
            metrics.Rule(_rules[i].Kind, _notes[i] is not null ? "skipped" : _items[i] > 0 ? "applied" : "nothing_meant");
    }

    private int IndexOf(CompiledRule rule)
    {
        for (var i = 0; i < _rules.Count; i++)
        {
            if (ReferenceEquals(_rules[i], rule))
                return i;
        }

        throw new ArgumentException($"Rule '{rule.Id}' does not hold for this request.", nameof(rule));
    }
}
