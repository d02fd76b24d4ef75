using Splitrail.Contracts;
using Splitrail.Experiments;

namespace Splitrail.Merchandising;

/// <summary>The business rules of one control snapshot, compiled once.</summary>
public sealed class RuleBook
{
    private readonly CompiledRule[] _rules;
    private readonly Dictionary<string, CompiledRule> _byId;
    private readonly ActiveRules _all;

    private RuleBook(CompiledRule[] rules, IReadOnlyList<string> faults)
    {
        _rules = rules;
        _byId = rules.ToDictionary(static rule => rule.Id, StringComparer.Ordinal);
        _all = ActiveRules.Of(rules);
        Faults = faults;
    }

    public static RuleBook Empty { get; } = new([], []);

    /// <summary>What this release does not understand of a snapshot of a later one; those rules hold for nobody.</summary>
    public IReadOnlyList<string> Faults { get; }

    public static RuleBook Of(ControlSnapshot? snapshot)
    {
        if (snapshot?.Rules is not { Count: > 0 } rules)
            return Empty;
        var faults = new List<string>();
        var compiled = rules.Select(rule => CompiledRule.Of(rule, faults)).OfType<CompiledRule>()
            .OrderByDescending(static rule => rule.Rule.Priority).ThenBy(static rule => rule.Id, StringComparer.Ordinal).ToArray();
        return new RuleBook(compiled, faults);
    }

    /// <summary>Those that hold for a request. Allocates only when some do and others do not.</summary>
    public ActiveRules For(in Subject subject, in AudienceFacts facts)
    {
        if (_rules.Length == 0)
            return ActiveRules.None;
        List<CompiledRule>? active = null;
        var held = 0;
        for (var i = 0; i < _rules.Length; i++)
        {
            if (_rules[i].IsUnconditional || _rules[i].HoldsFor(subject, facts))
            {
                held++;
                active?.Add(_rules[i]);
                continue;
            }

            active ??= [.. _rules.AsSpan(0, i)];
        }

        return held == _rules.Length ? _all : held == 0 ? ActiveRules.None : ActiveRules.Of([.. active!]);
    }

    /// <summary>Those of these ids, in the book's order.</summary>
    /// <param name="ids">Of a caller with this snapshot, or the one before or after it.</param>
    /// <param name="unknown">How many of them are not in the book.</param>
    public ActiveRules Of(IReadOnlyList<string>? ids, out int unknown)
    {
        unknown = 0;
        if (ids is not { Count: > 0 })
            return ActiveRules.None;
        if (ids.Count == _rules.Length && Same(ids))
            return _all;
        var wanted = ids.ToHashSet(StringComparer.Ordinal);
        unknown = wanted.Count(id => !_byId.ContainsKey(id));
        return unknown == wanted.Count ? ActiveRules.None : ActiveRules.Of([.. _rules.Where(rule => wanted.Contains(rule.Id))]);
    }

    private bool Same(IReadOnlyList<string> ids)
    {
        for (var i = 0; i < _rules.Length; i++)
        {
            if (_rules[i].Id != ids[i])
                return false;
        }

        return true;
    }
}
