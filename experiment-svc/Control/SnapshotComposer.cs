using Splitrail.Contracts;
using Splitrail.Experiments;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Registry;
using Splitrail.ExperimentSvc.Slots;
using Splitrail.Feeds;

namespace Splitrail.ExperimentSvc.Control;

/// <summary>Definitions to the next snapshot, with as few users moved as can be.</summary>
/// <param name="earlier">Snapshots before, the newest first.</param>
/// <param name="epochs">The last epoch of every experiment that ever ran.</param>
internal sealed class SnapshotComposer(IReadOnlyList<ControlSnapshot> earlier, IReadOnlyDictionary<string, int> epochs)
{
    private readonly ControlSnapshot? _last = earlier.Count > 0 ? earlier[0] : null;

    /// <summary>The same content as the last snapshot gives the last snapshot.</summary>
    public ControlSnapshot Compose(DefinitionSet definitions, long nowMs) => Number(
        new ControlSnapshot(
            0,
            "",
            nowMs,
            definitions.Production.Value.Lineup.Candidate,
            [.. definitions.Layers.Values.Select(held => Compose(held.Value, [.. definitions.RunningIn(held.Value.Id)]))],
            new SortedDictionary<string, bool>(definitions.Flags.Value.Flags.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal),
            Compose(definitions.Holdout.Value),
            Rules: definitions.Merchandising.ToRules(),
            Weights: definitions.Merchandising.ToWeights(),
            Models: LineupRules.Compose(definitions)));

    private ControlSnapshot Number(ControlSnapshot next)
    {
        // The registry of a database of an earlier release is empty until active.json was followed once: what serves must not be taken away.
        next = next with { Version = (_last?.Version ?? 0) + 1, ActiveModel = next.ActiveModel ?? _last?.ActiveModel };
        next = next with { ContentHash = SnapshotHash.Of(next) };
        return _last is not null && _last.ContentHash == next.ContentHash ? _last : next;
    }

    private Layer Compose(DefinedLayer defined, IReadOnlyList<ExperimentRecord> running)
    {
        var before = earlier.Select(snapshot => snapshot.Layers.FirstOrDefault(layer => layer.Id == defined.Id)).ToArray();
        var last = before.FirstOrDefault();
        IReadOnlyList<SlotRange>[] maps = [.. before.OfType<Layer>().Select(static layer => layer.SlotMap)];
        var map = FromGrowthBook(defined, running, maps) ?? SlotMapEdit.Apply(last?.SlotMap ?? [], SlotTargets.Of(defined, running, last is null ? [] : before.OfType<Layer>()), maps);
        // What is the default is left out, as it was before there was a choice.
        var hash = defined.Hash == LayerHashes.Compatible ? null : defined.Hash;
        var unit = defined.Unit == UnitKinds.Any ? null : defined.Unit;
        var deals = last is not null && (last.Seed, last.Hash, last.Unit) == (defined.Seed, hash, unit) ? last : null;
        return new Layer(defined.Id, defined.Seed, [.. running.Select(record => Compose(record.Definition, map, deals))], map, hash, unit);
    }

    /// <summary>The first experiment of a layer with GrowthBook's hash starts with the ranges it has there, so that everybody keeps his variation; null for all others.</summary>
    private static IReadOnlyList<SlotRange>? FromGrowthBook(DefinedLayer layer, IReadOnlyList<ExperimentRecord> running, IReadOnlyList<SlotRange>[] maps)
    {
        if (GrowthBookHash.VersionOf(layer.Hash) is not { } version || layer.Holdout > 0 || running is not [var only] || maps.Any(static map => map.Count > 0))
            return null;
        var arms = only.Definition.Arms;
        var ranges = GrowthBook.BucketRanges(arms.Count, only.TrafficNow, [.. arms.Select(static arm => arm.Share)]);
        return GrowthBookHash.MapOf(only.Id, [.. arms.Select(static arm => arm.Id)], ranges, version);
    }

    private ExperimentDefinition Compose(DefinedExperiment defined, IReadOnlyList<SlotRange> map, Layer? last)
    {
        ExperimentArm[] arms = [.. defined.Arms.Select(static arm => new ExperimentArm(arm.Id, arm.Control, arm.Share, arm.Parameters))];
        var audience = defined.Audience.Count > 0 ? defined.Audience : null;
        var overrides = defined.Overrides.Count > 0
            ? new SortedDictionary<string, string>(defined.Overrides.ToDictionary(static one => one.Unit, static one => one.Arm, StringComparer.Ordinal), StringComparer.Ordinal)
            : null;
        // Decided: everybody gets one ranking.
        bool? interleaved = defined.Type == ExperimentTypes.Interleaving && defined.Arms.All(static arm => arm.Share > 0) ? true : null;
        var running = last?.Experiments.FirstOrDefault(experiment => experiment.Id == defined.Id);
        // Another treatment, or another population, pooled with the one before would make the estimate wrong just as an edit of the split does.
        var goesOn = running is not null
            && running.Arms.SequenceEqual(arms)
            && running.Interleaved == interleaved
            && SameAudience(running.Audience ?? [], audience ?? [])
            && Traffic(last!.SlotMap, defined.Id) == Traffic(map, defined.Id);
        var epoch = goesOn ? running!.Epoch : epochs.GetValueOrDefault(defined.Id) + 1;
        return new ExperimentDefinition(defined.Id, defined.Hypothesis, epoch, arms, audience, overrides, interleaved);
    }

    private HoldoutDefinition? Compose(DefinedHoldout defined)
    {
        var hash = defined.Hash == LayerHashes.Compatible ? null : defined.Hash;
        var same = earlier.Select(static snapshot => snapshot.GlobalHoldout).OfType<HoldoutDefinition>().Where(holdout => holdout.Seed == defined.Seed && holdout.Hash == hash).ToArray();
        var current = _last?.GlobalHoldout is { } last && last.Seed == defined.Seed && last.Hash == hash ? last.SlotMap : [];
        var map = SlotMapEdit.Apply(current, [new SlotTarget(ArmKey.Holdout, SlotTargets.SlotsOf(defined.Share))], same.Select(static holdout => holdout.SlotMap));
        return map.Count > 0 ? new HoldoutDefinition(defined.Seed, map, hash) : null;
    }

    private static bool SameAudience(IReadOnlyList<AudienceRule> one, IReadOnlyList<AudienceRule> other) =>
        one.Count == other.Count
        && one.Zip(other).All(static pair => pair.First.Attribute == pair.Second.Attribute
            && pair.First.Operator == pair.Second.Operator
            && pair.First.Values.SequenceEqual(pair.Second.Values));

    private static int Traffic(IEnumerable<SlotRange> map, string experiment) =>
        map.Where(range => range.Experiment == experiment).Sum(static range => range.End - range.Start);
}
