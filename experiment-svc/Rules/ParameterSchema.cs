using Splitrail.Contracts;
using Splitrail.Policies;
using Splitrail.Retrieval;

namespace Splitrail.ExperimentSvc.Rules;

/// <summary>A parameter that an arm may set, and the values that exist.</summary>
internal sealed record ParameterRule(string Name, Func<ArmParameters, string?> Read, IReadOnlyList<string> Values);

/// <summary>What arms may ask for, taken from the tables of those who do it: a value that is listed here is one that somebody answers to.</summary>
internal static class ParameterSchema
{
    public static IReadOnlyList<ParameterRule> Rules { get; } =
    [
        new("mix", static parameters => parameters.Mix, Mixes.Table.Names),
        new("ranker", static parameters => parameters.Ranker, RankerNames.All),
    ];

    /// <summary>Names of the parameters that an arm sets.</summary>
    public static IEnumerable<string> SetBy(ArmParameters parameters) => Rules.Where(rule => rule.Read(parameters) is not null).Select(static rule => rule.Name);
}
