using Splitrail.Contracts;
using Splitrail.Experiments;
using Splitrail.ExperimentSvc.Api;
using Splitrail.ExperimentSvc.Decisions;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Editing;
using Splitrail.ExperimentSvc.Exposures;

namespace Splitrail.ExperimentSvc.Control;

/// <summary>Definitions, the snapshot and the exposures in one picture.</summary>
internal sealed class ExperimentReader(DefinitionStore definitions, ControlPlane control, ExposureLog exposures, DecisionStore decisions)
{
    public long SnapshotVersion => control.Current?.Version ?? 0;

    /// <param name="state">Only those in this state; null for all.</param>
    /// <param name="cancellationToken">The caller's deadline.</param>
    /// <exception cref="Sql.DatabaseAwayException">The database is away.</exception>
    public async Task<ExperimentList> ListAsync(string? state, CancellationToken cancellationToken)
    {
        var set = await definitions.ReadAsync(cancellationToken);
        var counts = await exposures.CountAsync(null, cancellationToken);
        var (snapshot, recommended) = (control.Current, await decisions.RecommendedAsync(cancellationToken));
        return new ExperimentList(snapshot?.Version ?? 0, [.. set.Experiments.Values.Where(held => state is null || held.Value.State.NameOf() == state).Select(held => View(held, snapshot, counts, recommended))]);
    }

    /// <param name="held">The experiment.</param>
    /// <param name="snapshot">The snapshot that carries it; null takes the one that is served.</param>
    /// <param name="cancellationToken">The caller's deadline.</param>
    /// <exception cref="Sql.DatabaseAwayException">The database is away.</exception>
    public async Task<ExperimentView> ViewAsync(Held<ExperimentRecord> held, ControlSnapshot? snapshot, CancellationToken cancellationToken) =>
        View(held, snapshot ?? control.Current, await exposures.CountAsync(held.Value.Id, cancellationToken), await decisions.RecommendedAsync(cancellationToken));

    private static ExperimentView View(Held<ExperimentRecord> held, ControlSnapshot? snapshot, ExposureCounts counts, IReadOnlyDictionary<string, DecisionAction> recommended)
    {
        var record = held.Value;
        var defined = record.Definition;
        var layer = snapshot?.Layers.FirstOrDefault(layer => layer.Id == defined.Layer);
        var slots = SlotMap.Counts(layer?.SlotMap ?? []);
        ArmView[] arms =
        [
            .. defined.Arms.Select(arm => new ArmView(
                arm.Id, arm.Control, arm.Share, slots.GetValueOrDefault(new ArmKey(defined.Id, arm.Id)), arm.Parameters, counts.UnitsOf(defined.Id, arm.Id))),
        ];
        var running = layer?.Experiments.FirstOrDefault(experiment => experiment.Id == defined.Id);
        return new ExperimentView(
            defined.Id, defined.Layer, defined.Hypothesis, defined.Owner, record.State.NameOf(), held.Version, record.TrafficNow, running?.Epoch,
            counts.UnitsOf(defined.Id), counts.MultiArmUnitsOf(defined.Id), arms, defined, record.Lifecycle, StateMachine.Possible(record),
            record is { IsRunning: true, Lifecycle.Decision: null } ? recommended.GetValueOrDefault(defined.Id)?.Kind : null);
    }
}
