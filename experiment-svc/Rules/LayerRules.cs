using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Definitions;

namespace Splitrail.ExperimentSvc.Rules;

/// <summary>What layers, the global holdout and flags must be by themselves.</summary>
internal static class LayerRules
{
    public static IReadOnlyList<string> Flags { get; } = [FlagNames.PersonalCandidates, FlagNames.Ranking, FlagNames.Caching, FlagNames.Search];

    public static void Check(DefinedLayer layer, string at, Faults faults)
    {
        faults.Id($"{at}id", layer.Id);
        CheckSeed(layer.Seed, $"{at}seed", faults);
        faults.OneOf($"{at}hash", layer.Hash, LayerHashes.All);
        faults.OneOf($"{at}unit", layer.Unit, UnitKinds.All);
        CheckShare(layer.Holdout, $"{at}holdout", faults);
    }

    public static void Check(DefinedHoldout holdout, string at, Faults faults)
    {
        CheckShare(holdout.Share, $"{at}share", faults);
        CheckSeed(holdout.Seed, $"{at}seed", faults);
        faults.OneOf($"{at}hash", holdout.Hash, LayerHashes.All);
    }

    public static void Check(IReadOnlyDictionary<string, bool>? flags, string member, Faults faults)
    {
        if (flags is null)
            faults.Add(member, null, "must be an object of switches");
        foreach (var flag in (flags?.Keys ?? []).Where(static flag => !Flags.Contains(flag)))
            faults.Add($"{member}.{flag}", flag, $"is unknown: use {string.Join(", ", Flags)}");
    }

    private static void CheckSeed(string? seed, string member, Faults faults)
    {
        if (seed is null || seed.Length is 0 or > Faults.MaxIdLength || seed.Any(char.IsControl))
            faults.Add(member, seed, $"must be 1 to {Faults.MaxIdLength} characters; keep it once users were dealt: another one deals all of them anew");
    }

    private static void CheckShare(double share, string member, Faults faults)
    {
        if (!(share is >= 0 and < 1))
            faults.Add(member, share, "must be a number from 0 and below 1: the part of the users that is held out");
    }
}
