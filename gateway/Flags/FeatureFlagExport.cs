using Microsoft.FeatureManagement;
using Splitrail.Contracts;

namespace Splitrail.Gateway.Flags;

/// <summary>
/// Microsoft Feature Management JSON (schema 2.0.0) of a snapshot, and beside it what its readers skip: the version it was made of and the experiments that are
/// not in it.
/// </summary>
/// <param name="FeatureManagement">What FeatureManagement's clients read.</param>
/// <param name="Splitrail">What they skip.</param>
internal sealed record FeatureFlagExport(FeatureFlagList FeatureManagement, ExportNote Splitrail)
{
    public static FeatureFlagExport Of(CompiledFeatures compiled)
    {
        var arms = compiled.Snapshot.Layers.SelectMany(static layer => layer.Experiments).ToLookup(static experiment => experiment.Id);
        return new FeatureFlagExport(
            new FeatureFlagList([.. compiled.Definitions.Select(definition => Flag(definition, arms[definition.Name].FirstOrDefault()))]),
            new ExportNote(compiled.Snapshot.Version, compiled.LeftOut));
    }

    private static FeatureFlag Flag(FeatureDefinition definition, ExperimentDefinition? experiment) => definition.Allocation is not { } allocation || experiment is null
        ? new FeatureFlag(definition.Name, definition.EnabledFor.Any())
        : new FeatureFlag(
            definition.Name,
            Enabled: true,
            experiment.Hypothesis,
            [.. experiment.Arms.Select(static arm => new FlagVariant(arm.Id, arm.Parameters))],
            new FlagAllocation(
                allocation.Seed,
                [.. allocation.Percentile.Select(static range => new FlagPercentile(range.Variant, range.From, range.To))],
                allocation.User is null ? null : [.. allocation.User.Select(static one => new FlagUsers(one.Variant, [.. one.Users]))]));
}

/// <param name="SnapshotVersion">The control snapshot it was made of.</param>
/// <param name="NotExported">Experiments that FeatureManagement would assign otherwise.</param>
internal sealed record ExportNote(long SnapshotVersion, IReadOnlyList<LeftOut> NotExported);

internal sealed record FeatureFlagList(IReadOnlyList<FeatureFlag> FeatureFlags);

internal sealed record FeatureFlag(
    string Id, bool Enabled, string? Description = null, IReadOnlyList<FlagVariant>? Variants = null, FlagAllocation? Allocation = null);

internal sealed record FlagVariant(string Name, ArmParameters ConfigurationValue);

/// <summary>Whom the ranges leave out gets no variant: he is in no experiment.</summary>
internal sealed record FlagAllocation(string Seed, IReadOnlyList<FlagPercentile> Percentile, IReadOnlyList<FlagUsers>? User);

internal sealed record FlagPercentile(string Variant, double From, double To);

internal sealed record FlagUsers(string Variant, IReadOnlyList<string> Users);
