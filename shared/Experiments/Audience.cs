using Splitrail.Contracts;

namespace Splitrail.Experiments;

/// <summary>The rules of one experiment, compiled: all must hold. Asking allocates nothing.</summary>
public sealed class Audience
{
    private readonly Func<AudienceCase, bool>[] _rules;

    private Audience(Func<AudienceCase, bool>[] rules) => _rules = rules;

    /// <returns>Null when everybody takes part.</returns>
    /// <param name="rules">Of an experiment.</param>
    /// <param name="faults">Rules that this release does not understand; they hold for nobody, which is safer than for everybody.</param>
    public static Audience? Of(IReadOnlyList<AudienceRule>? rules, ICollection<string> faults)
    {
        if (rules is not { Count: > 0 })
            return null;
        return new Audience([.. rules.Select(rule => Compiled(rule, faults))]);
    }

    /// <param name="unit">Who is randomised; null for nobody.</param>
    /// <param name="kind">Of the unit.</param>
    /// <param name="facts">What is known.</param>
    public bool Holds(string? unit, string kind, in AudienceFacts facts)
    {
        var about = new AudienceCase(unit, kind, facts);
        foreach (var rule in _rules)
        {
            if (!rule(about))
                return false;
        }

        return true;
    }

    private static Func<AudienceCase, bool> Compiled(AudienceRule rule, ICollection<string> faults)
    {
        if (AudienceRules.FaultOf(rule) is not { } fault)
            return AudienceRules.Compile(rule);
        faults.Add(fault);
        return static _ => false;
    }
}

/// <summary>One unit in one request.</summary>
internal readonly record struct AudienceCase(string? Unit, string Kind, AudienceFacts Facts)
{
    public string? TextOf(string attribute) => attribute switch
    {
        AudienceAttributes.Unit => Unit,
        AudienceAttributes.UnitKind => Kind,
        _ => Facts.TextOf(attribute),
    };
}
