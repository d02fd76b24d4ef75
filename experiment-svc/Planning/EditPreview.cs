using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Api;
using Splitrail.ExperimentSvc.Control;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Editing;
using Splitrail.ExperimentSvc.Exposures;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Planning;

/// <summary>What saving would do, before it is saved.</summary>
/// <param name="Id">The experiment.</param>
/// <param name="AssumesStart">It does not run: this is what saving AND starting it would do.</param>
/// <param name="MovedSlots">Users that change hands, in slots of 2^20 of the layer.</param>
/// <param name="MovedShare">The same as a part of the layer's users.</param>
/// <param name="Moves">From which arm to which.</param>
/// <param name="ArmsAffected">Arms that gain or lose users, or do something else than before.</param>
/// <param name="Epoch">The epoch after it.</param>
/// <param name="StartsEpoch">True when that is another one: estimates are stratified by epoch.</param>
/// <param name="NeedsApproval">True when a second person has to approve before users meet it.</param>
/// <param name="Split">How rounded shares would be completed.</param>
/// <param name="Before">The plan as it is; missing for an experiment that is not there yet.</param>
/// <param name="After">The plan as it would be.</param>
public sealed record Preview(
    string Id,
    bool AssumesStart,
    int MovedSlots,
    double MovedShare,
    IReadOnlyList<SlotMove> Moves,
    IReadOnlyList<string> ArmsAffected,
    int Epoch,
    bool StartsEpoch,
    bool NeedsApproval,
    SplitView? Split,
    Plan? Before,
    Plan After);

/// <summary>Makes previews: the edit itself, on what is stored now, without storing.</summary>
internal sealed class EditPreview(Database database, ExposureLog exposures, ExperimentOptions options, TimeProvider time)
{
    /// <exception cref="DatabaseAwayException">The database is away.</exception>
    public async Task<(Preview? Preview, Refusal? Refusal)> OfAsync(string id, DefinedExperiment wanted, string actor, CancellationToken cancellationToken)
    {
        var set = await database.ReadAsync((connection, token) => DefinitionStore.ReadAsync(connection, null, token), cancellationToken);
        var moment = new EditMoment(time.GetUtcNow().ToUnixTimeMilliseconds(), RequireApproval: false);
        var held = set.Experiments.GetValueOrDefault(id);
        var result = (held is null ? ExperimentEdits.Create(wanted, actor) : ExperimentEdits.Save(id, wanted, held.Version, actor)).Check(set, moment);
        if (held is null && wanted.Id != id)
            return (null, Refusal.Unknown("experiment", id, set.Experiments.Keys));
        var starts = held?.Value.State is null or ExperimentState.Draft or ExperimentState.Review;
        if (result.Next is { } saved && starts)
            result = LifecycleEdits.Act(id, ExperimentAction.Start, new ActionRequest(), null, actor).Check(saved, moment);
        if (result.Next is not { } next)
            return (null, result.Refusal);
        var (before, after) = await database.ReadAsync((connection, token) => SnapshotStore.PreviewAsync(connection, next, token), cancellationToken);
        var flow = await exposures.FlowAsync(id, time.GetUtcNow(), cancellationToken);
        return (Describe(held?.Value, next.Experiments[id].Value, wanted, before, after, flow) with { AssumesStart = starts }, null);
    }

    private Preview Describe(ExperimentRecord? was, ExperimentRecord becomes, DefinedExperiment given, ControlSnapshot? before, ControlSnapshot after, UnitFlow flow)
    {
        var (layerBefore, layerAfter) = (Layer(before, becomes), Layer(after, becomes));
        var moves = SlotMove.Between(layerBefore?.SlotMap ?? [], layerAfter?.SlotMap ?? []);
        var (running, will) = (Experiment(layerBefore, becomes), Experiment(layerAfter, becomes));
        var moved = moves.Sum(static move => move.Slots);
        var traffic = was?.TrafficNow ?? 0;
        return new Preview(
            becomes.Id,
            AssumesStart: false,
            moved,
            moved / (double)Splitrail.Experiments.SlotMap.Slots,
            moves,
            Affected(becomes, running, will, moves),
            will?.Epoch ?? 0,
            will is not null && running?.Epoch != will.Epoch,
            options.RequireApproval,
            SplitView.Of(given, becomes.Definition),
            was is null ? null : Plan.Of(was.Definition, was.Lifecycle.StartedMs, flow, time.GetUtcNow()),
            Plan.Of(becomes.Definition, becomes.Lifecycle.StartedMs, flow.AtTraffic(traffic, becomes.TrafficNow), time.GetUtcNow()));
    }

    private static string[] Affected(ExperimentRecord record, ExperimentDefinition? before, ExperimentDefinition? after, IReadOnlyList<SlotMove> moves) =>
    [
        .. (before?.Arms ?? []).Concat(after?.Arms ?? []).Select(static arm => arm.Id).Distinct(StringComparer.Ordinal).Where(arm =>
            moves.Any(move => move.From == $"{record.Id}/{arm}" || move.To == $"{record.Id}/{arm}")
            || (before is not null && Parameters(before, arm) != Parameters(after, arm))),
    ];

    private static ArmParameters? Parameters(ExperimentDefinition? experiment, string arm) => experiment?.Arms.FirstOrDefault(known => known.Id == arm)?.Parameters;

    private static Layer? Layer(ControlSnapshot? snapshot, ExperimentRecord record) => snapshot?.Layers.FirstOrDefault(layer => layer.Id == record.Definition.Layer);

    private static ExperimentDefinition? Experiment(Layer? layer, ExperimentRecord record) => layer?.Experiments.FirstOrDefault(experiment => experiment.Id == record.Id);
}
