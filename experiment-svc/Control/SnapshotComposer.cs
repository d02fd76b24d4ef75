using Splitrail.Contracts;
using Splitrail.Experiments;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Slots;
using Splitrail.Feeds;

namespace Splitrail.ExperimentSvc.Control;

/// <summary>Definitions and the active model to the next snapshot, with as few users moved as can be.</summary>
/// <param name="earlier">Snapshots before, the newest first.</param>
/// <param name="epochs">The last epoch of every experiment that ever ran.</param>
internal sealed class SnapshotComposer(IReadOnlyList<ControlSnapshot> earlier, IReadOnlyDictionary<string, int> epochs)
{
    private readonly ControlSnapshot? _last = earlier.Count > 0 ? earlier[0] : null;

    /// <summary>The same content as the last snapshot gives the last snapshot.</summary>
    public ControlSnapshot Compose(DefinitionFile file, string? activeModel, long nowMs) =>
        Number(activeModel, [.. file.Layers.Select(Compose)], new SortedDictionary<string, bool>(file.Flags.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal), nowMs);

    /// <summary>The last snapshot's experiments with another model; null when there is none.</summary>
    public ControlSnapshot? WithModel(string? activeModel, long nowMs) =>
        _last is null ? null : Number(activeModel, _last.Layers, _last.Flags, nowMs);

    private ControlSnapshot Number(string? activeModel, IReadOnlyList<Layer> layers, IReadOnlyDictionary<string, bool> flags, long nowMs)
    {
        // A replica that has not seen a model yet (its volume is late) must not take away the one in production.
        var next = new ControlSnapshot((_last?.Version ?? 0) + 1, "", nowMs, activeModel ?? _last?.ActiveModel, layers, flags);
        next = next with { ContentHash = SnapshotHash.Of(next) };
        return _last is not null && _last.ContentHash == next.ContentHash ? _last : next;
    }

    private Layer Compose(DefinedLayer defined)
    {
        var before = earlier.Select(snapshot => snapshot.Layers.FirstOrDefault(layer => layer.Id == defined.Id)).ToArray();
        var last = before.FirstOrDefault();
        var map = SlotMapEdit.Apply(last?.SlotMap ?? [], SlotTargets.Of(defined), before.OfType<Layer>().Select(static layer => layer.SlotMap));
        var experiments = defined.Experiments
            .Where(static experiment => experiment.IsRunning)
            .Select(experiment => Compose(experiment, map, last is not null && last.Seed == defined.Seed ? last : null));
        return new Layer(defined.Id, defined.Seed, [.. experiments], map);
    }

    private ExperimentDefinition Compose(DefinedExperiment defined, IReadOnlyList<SlotRange> map, Layer? last)
    {
        ExperimentArm[] arms = [.. defined.Arms.Select(static arm => new ExperimentArm(arm.Id, arm.Control, arm.Share, arm.Parameters))];
        var running = last?.Experiments.FirstOrDefault(experiment => experiment.Id == defined.Id);
        // An arm that does something else is another treatment: pooled with what it did before, the estimate would be wrong just as after an edit of the split.
        var goesOn = running is not null && running.Arms.SequenceEqual(arms) && Traffic(last!.SlotMap, defined.Id) == Traffic(map, defined.Id);
        var epoch = goesOn ? running!.Epoch : epochs.GetValueOrDefault(defined.Id) + 1;
        return new ExperimentDefinition(defined.Id, defined.Hypothesis, epoch, arms);
    }

    private static int Traffic(IEnumerable<SlotRange> map, string experiment) =>
        map.Where(range => range.Experiment == experiment).Sum(static range => range.End - range.Start);
}
