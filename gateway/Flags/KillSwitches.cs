using Splitrail.Contracts;

namespace Splitrail.Gateway.Flags;

/// <summary>
/// The kill switches of one snapshot, read once when it is compiled: an evaluation by FeatureManagement costs about 1 kB, and a request that asks
/// it midway could see another snapshot than the one it began with. <see cref="SnapshotFeatureDefinitions"/> gives FeatureManagement the same answers.
/// </summary>
internal readonly record struct KillSwitches(bool PersonalCandidates, bool Ranking, bool Caching, bool Search)
{
    public static KillSwitches Of(IReadOnlyDictionary<string, bool> flags) => new(
        IsOn(flags, FlagNames.PersonalCandidates), IsOn(flags, FlagNames.Ranking), IsOn(flags, FlagNames.Caching), IsOn(flags, FlagNames.Search));

    private static bool IsOn(IReadOnlyDictionary<string, bool> flags, string name) => !flags.TryGetValue(name, out var on) || on;
}
