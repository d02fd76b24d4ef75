using Splitrail.Contracts;

namespace Splitrail.Merchandising;

/// <summary>The business rules that hold for one request, of the highest priority first. Immutable.</summary>
public sealed class ActiveRules
{
    private readonly CompiledRule[] _filters;

    private ActiveRules(CompiledRule[] rules)
    {
        Rules = rules;
        Ids = [.. rules.Select(static rule => rule.Id)];
        Key = string.Join(' ', Ids);
        _filters = [.. rules.Where(static rule => rule.Kind == RuleKinds.Filter)];
    }

    public static ActiveRules None { get; } = new([]);

    public IReadOnlyList<CompiledRule> Rules { get; }

    public IReadOnlyList<string> Ids { get; }

    /// <summary>Their ids as a part of a cache key.</summary>
    public string Key { get; }

    public bool IsEmpty => Rules.Count == 0;

    /// <summary>The first rule by which the item is not shown; null when it may be.</summary>
    public CompiledRule? FilterOf(CatalogItem item)
    {
        foreach (var filter in _filters)
        {
            if (filter.Matches(item))
                return filter;
        }

        return null;
    }

    /// <summary>Ids of the rules by which items are left out.</summary>
    public IEnumerable<string> Filters => _filters.Select(static filter => filter.Id);

    internal static ActiveRules Of(CompiledRule[] rules) => new(rules);
}
