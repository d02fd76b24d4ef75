using Splitrail.Contracts;
using Splitrail.Experiments;
using Splitrail.Gateway.Flags;
using Splitrail.Merchandising;

namespace Splitrail.Gateway.Assignment;

/// <summary>A control snapshot, laid out for the hot path. A request takes one at its start and keeps it to its end.</summary>
internal sealed class ControlState(ControlSnapshot snapshot)
{
    private const int OnStack = 64;

    private readonly Assigner _assigner = new(snapshot);

    /// <summary>Before the first snapshot: no experiment, all switches on.</summary>
    public static ControlState None { get; } = new(new ControlSnapshot(0, "", 0, null, [], new Dictionary<string, bool>()));

    public ControlSnapshot Snapshot { get; } = snapshot;

    public long Version => Snapshot.Version;

    public KillSwitches Switches { get; } = KillSwitches.Of(snapshot.Flags);

    /// <summary>Which models serve. A change of production is followed by <see cref="ControlPlane.LineupOf"/>, not at once.</summary>
    public ServedModels Models { get; } = ServedModels.Of(snapshot);

    /// <summary>Guests are in experiments, so that a login has arms to keep.</summary>
    public bool RandomisesGuests { get; } = snapshot.Layers.Any(static layer => layer is { Unit: null or UnitKinds.Any, Experiments.Count: > 0 });

    /// <summary>What the owner wants of the lists.</summary>
    public RuleBook Rules { get; } = RuleBook.Of(snapshot);

    /// <summary>What this release does not understand of the snapshot.</summary>
    public IReadOnlyList<string> Faults => [.. _assigner.Faults, .. Rules.Faults];

    /// <summary>Finding the arms allocates nothing; the set of those that were found is what the response needs.</summary>
    public ArmSet Assign(in Subject subject, in AudienceFacts facts)
    {
        var layers = _assigner.Layers;
        var owners = layers <= OnStack ? stackalloc ushort[OnStack] : new ushort[layers];
        owners = owners[..layers];
        _assigner.Assign(subject, facts, owners);
        var count = layers - owners.Count(SlotTable.Nobody);
        if (count == 0)
            return new ArmSet(subject, [], null, null);
        var arms = new AssignedArm[count];
        string? mix = null, ranker = null, model = null;
        ArmParameters? reRanking = null;
        AssignedArm? teams = null;
        var at = 0;
        for (var layer = 0; layer < layers; layer++)
        {
            if (_assigner.ArmOf(layer, owners[layer]) is not { } arm)
                continue;
            arms[at++] = arm;
            if (teams is null && IsInterleaved(arm, subject))
            {
                teams = arm;
                continue;
            }

            mix ??= arm.Parameters.Mix;
            ranker ??= arm.Parameters.Ranker;
            model ??= arm.Parameters.Model;
            reRanking ??= arm.Parameters.ReRanker is null ? null : arm.Parameters;
        }

        return new ArmSet(subject, arms, mix, ranker, model, reRanking?.ReRanker, reRanking?.ReRank, teams);
    }

    /// <summary>Who was put into an arm by name sees that arm, and who is nobody in particular the control.</summary>
    private static bool IsInterleaved(AssignedArm arm, in Subject subject) => arm is { Teams: not null, IsForced: false } && subject.IdIn(arm.Unit) is not null;
}
