using Splitrail.Contracts;
using Splitrail.Gateway.Flags;

namespace Splitrail.Gateway.Assignment;

/// <summary>A control snapshot, laid out for the hot path. A request takes one at its start and keeps it to its end.</summary>
internal sealed class ControlState(ControlSnapshot snapshot)
{
    private readonly LayerMap[] _layers = [.. snapshot.Layers.Select(static layer => new LayerMap(layer))];

    /// <summary>Before the first snapshot: no experiment, all switches on.</summary>
    public static ControlState None { get; } = new(new ControlSnapshot(0, "", 0, null, [], new Dictionary<string, bool>()));

    public ControlSnapshot Snapshot { get; } = snapshot;

    public long Version => Snapshot.Version;

    public KillSwitches Switches { get; } = KillSwitches.Of(snapshot.Flags);

    public ArmSet Assign(ExperimentUnit unit)
    {
        if (_layers.Length == 0)
            return new ArmSet(unit, [], null, null);
        var arms = new List<AssignedArm>(_layers.Length);
        string? mix = null, ranker = null;
        foreach (var layer in _layers)
        {
            if ((unit.IsKnown ? layer.Find(unit.Id) : layer.Control) is not { } arm)
                continue;
            arms.Add(arm);
            mix ??= arm.Parameters.Mix;
            ranker ??= arm.Parameters.Ranker;
        }

        return new ArmSet(unit, arms, mix, ranker);
    }
}
