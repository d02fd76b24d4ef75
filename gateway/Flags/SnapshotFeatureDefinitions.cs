using Microsoft.FeatureManagement;
using Splitrail.Contracts;

namespace Splitrail.Gateway.Flags;

/// <summary>
/// Gives FeatureManagement the newest <see cref="CompiledFeatures"/>. Never use the per-request Snapshot manager with it: that one caches by the feature's
/// name and ignores the user.
/// </summary>
internal sealed class SnapshotFeatureDefinitions(Func<ControlSnapshot> current) : IFeatureDefinitionProvider
{
    private volatile CompiledFeatures? _compiled;

    /// <summary>One reference, swapped when the snapshot is another one.</summary>
    public CompiledFeatures Current
    {
        get
        {
            var snapshot = current();
            var compiled = _compiled;
            if (compiled is null || !ReferenceEquals(compiled.Snapshot, snapshot))
                _compiled = compiled = new CompiledFeatures(snapshot);
            return compiled;
        }
    }

    public Task<FeatureDefinition> GetFeatureDefinitionAsync(string featureName) =>
        // The interface predates nullable annotations; null is its word for "no such feature".
        Task.FromResult(Current.Find(featureName)!);

    public async IAsyncEnumerable<FeatureDefinition> GetAllFeatureDefinitionsAsync()
    {
        foreach (var definition in Current.Definitions)
            yield return definition;
        await Task.CompletedTask;
    }
}
