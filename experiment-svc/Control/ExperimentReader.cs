using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Exposures;

namespace Splitrail.ExperimentSvc.Control;

/// <summary>Definitions, the snapshot and the exposures in one picture.</summary>
internal sealed class ExperimentReader(DefinitionWatch definitions, ControlPlane control, ExposureLog exposures)
{
    /// <exception cref="Sql.DatabaseAwayException">The database is away.</exception>
    public async Task<ExperimentList> ListAsync(CancellationToken cancellationToken)
    {
        var counts = await exposures.CountAsync(cancellationToken);
        var snapshot = control.Current;
        var views = (definitions.Current?.Layers ?? []).SelectMany(layer => layer.Experiments.Select(experiment => View(layer, experiment, snapshot, counts)));
        return new ExperimentList(snapshot?.Version ?? 0, [.. views]);
    }

    private static ExperimentView View(DefinedLayer layer, DefinedExperiment defined, ControlSnapshot? snapshot, ExposureCounts counts)
    {
        ArmView[] arms =
        [
            .. defined.Arms.Select(arm => new ArmView(arm.Id, arm.Control, arm.Share, arm.Parameters, counts.UnitsOf(defined.Id, arm.Id))),
        ];
        var running = snapshot?.Layers.SelectMany(static published => published.Experiments).FirstOrDefault(experiment => experiment.Id == defined.Id);
        return new ExperimentView(
            defined.Id, layer.Id, defined.Hypothesis, defined.State, defined.Traffic, running?.Epoch, counts.UnitsOf(defined.Id), counts.MultiArmUnitsOf(defined.Id), arms);
    }
}
