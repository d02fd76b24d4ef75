using Splitrail.ExperimentSvc.Api;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Pages.Experiments;
using Splitrail.ExperimentSvc.Rules;

namespace Splitrail.ExperimentSvc.Pages.Settings;

/// <summary>Reads what the pages of layers and switches show.</summary>
internal sealed class SettingPages(DefinitionStore store)
{
    /// <exception cref="Sql.DatabaseAwayException">The database is away.</exception>
    public async Task<LayersModel> LayersAsync(Said? said, SentForm? typed, CancellationToken cancellationToken)
    {
        var set = await store.ReadAsync(cancellationToken);
        return new LayersModel(LayerViews.Of(set), new HoldoutView(set.Holdout.Value, set.Holdout.Version), said, typed);
    }

    /// <exception cref="Sql.DatabaseAwayException">The database is away.</exception>
    public async Task<FlagsModel> FlagsAsync(Said? said, CancellationToken cancellationToken)
    {
        var held = (await store.ReadAsync(cancellationToken)).Flags;
        return new FlagsModel(new FlagsView(LayerRules.Flags.ToDictionary(static flag => flag, flag => held.Value.Flags.GetValueOrDefault(flag, true)), held.Version), said);
    }

    /// <summary>The layer as it is; null when there is none.</summary>
    /// <exception cref="Sql.DatabaseAwayException">The database is away.</exception>
    public async Task<DefinedLayer?> LayerAsync(string id, CancellationToken cancellationToken) => (await store.ReadAsync(cancellationToken)).Layers.GetValueOrDefault(id)?.Value;

    /// <exception cref="Sql.DatabaseAwayException">The database is away.</exception>
    public async Task<DefinedHoldout> HoldoutAsync(CancellationToken cancellationToken) => (await store.ReadAsync(cancellationToken)).Holdout.Value;
}
