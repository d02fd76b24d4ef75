using Splitrail.Contracts;
using Splitrail.Policies;
using Splitrail.Retrieval;

namespace Splitrail.ExperimentSvc.Rules;

/// <summary>A parameter that an arm may set, and the values that exist.</summary>
/// <param name="Name">As in JSON.</param>
/// <param name="Read">Null when the arm leaves it out.</param>
/// <param name="Values">That exist.</param>
/// <param name="Joined">Several values may be joined by this; null when only one may be given.</param>
/// <param name="FaultOf">What is wrong with a value that is more than one of the names; null where only names can be given.</param>
internal sealed record ParameterRule(string Name, Func<ArmParameters, string?> Read, IReadOnlyList<string> Values, char? Joined = null, Func<string, string?>? FaultOf = null)
{
    public bool Allows(string value) =>
        FaultOf is not null ? FaultOf(value) is null
        : Joined is { } and ? value.Split(and) is var parts && parts.Distinct(StringComparer.Ordinal).Count() == parts.Length && parts.All(Values.Contains) : Values.Contains(value);

    /// <summary>How a value is put right.</summary>
    public string FixOf(string value) => FaultOf?.Invoke(value) ?? Fix;

    public string Fix => $"use {string.Join(", ", Values)}{(Joined is { } and ? $", or several of them joined by '{and}', each once" : "")}, or leave it out for the default";
}

/// <summary>What arms may ask for, taken from the tables of those who do it: a value that is listed here is one that somebody answers to.</summary>
internal static class ParameterSchema
{
    /// <summary>Its values are the versions of the registry, which an experiment is held against when it runs.</summary>
    public const string Model = "model";

    public static IReadOnlyList<ParameterRule> Rules { get; } =
    [
        new("mix", static parameters => parameters.Mix, Mixes.Table.Names, FaultOf: MixExpression.Fault),
        new("ranker", static parameters => parameters.Ranker, RankerNames.All),
        new("re_ranker", static parameters => parameters.ReRanker, ReRankerNames.All, ReRankerNames.And),
    ];

    /// <summary>Names of the parameters that an arm sets.</summary>
    public static IEnumerable<string> SetBy(ArmParameters parameters) =>
        Rules.Where(rule => rule.Read(parameters) is not null).Select(static rule => rule.Name).Concat(parameters.Model is null ? [] : [Model]);
}
