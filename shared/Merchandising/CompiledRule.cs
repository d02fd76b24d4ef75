using Splitrail.Contracts;
using Splitrail.Experiments;

namespace Splitrail.Merchandising;

/// <summary>A business rule, ready to be asked.</summary>
public sealed class CompiledRule
{
    private readonly Func<CatalogItem, bool> _matches;
    private readonly Audience? _audience;

    private CompiledRule(BusinessRule rule, Func<CatalogItem, bool> matches, Audience? audience)
    {
        Rule = rule;
        _matches = matches;
        _audience = audience;
    }

    public BusinessRule Rule { get; }

    public string Id => Rule.Id;

    public string Kind => Rule.Kind;

    /// <summary>True when it holds for everybody at any time.</summary>
    public bool IsUnconditional => _audience is null && Rule is { FromMs: null, UntilMs: null };

    /// <summary>True for the items that the rule is about.</summary>
    public bool Matches(CatalogItem item) => Rule.Kind == RuleKinds.Pin ? item.ItemId == Rule.ItemId : _matches(item);

    public bool HoldsFor(in Subject subject, in AudienceFacts facts) =>
        !(facts.NowMs < Rule.FromMs) && !(facts.NowMs >= Rule.UntilMs)
        && (_audience is null || _audience.Holds(subject.IdIn(UnitKinds.Any), subject.KindIn(UnitKinds.Any), facts));

    /// <returns>Null, and a fault, when this release does not understand the rule: then it holds for nobody.</returns>
    internal static CompiledRule? Of(BusinessRule rule, ICollection<string> faults)
    {
        var fault = RuleKinds.All.Contains(rule.Kind) ? rule.Conditions.Select(ItemConditions.FaultOf).FirstOrDefault(static fault => fault is not null) : $"The kind '{rule.Kind}' is unknown.";
        var found = new List<string>();
        var audience = Audience.Of(rule.Audience, found);
        fault ??= found.FirstOrDefault();
        if (fault is null)
            return new CompiledRule(rule, ItemConditions.Compile(rule.Conditions), audience);
        faults.Add($"Rule {rule.Id}: {fault}");
        return null;
    }
}
