using System.Collections.Frozen;
using Splitrail.Contracts;

namespace Splitrail.Experiments;

/// <summary>One layer, laid out for the hot path: owners of slots are small numbers, and each number has its arm and audience.</summary>
internal sealed class LayerArms
{
    private readonly List<AssignedArm?> _arms = [null];
    private readonly List<Audience?> _audiences = [null];
    private readonly FrozenDictionary<string, ushort>? _overrides;
    private readonly SlotTable _table;
    private readonly ushort[] _controls;

    public LayerArms(Layer layer, ICollection<string> faults)
    {
        Unit = layer.Unit;
        var owners = new Dictionary<ArmKey, ushort>();
        var overrides = new Dictionary<string, ushort>(StringComparer.Ordinal);
        var controls = new List<ushort>();
        foreach (var experiment in layer.Experiments)
        {
            var audience = Audience.Of(experiment.Audience, faults);
            foreach (var arm in experiment.Arms)
            {
                owners[new ArmKey(experiment.Id, arm.Id)] = Add(Assigned(experiment, arm), audience);
                if (arm.IsControl)
                    controls.Add((ushort)(_arms.Count - 1));
            }

            AddOverrides(experiment, overrides);
        }

        // A range of an experiment that is not running, and a range of the holdout, assign nobody.
        _table = new SlotTable(layer.SlotMap, range => owners.GetValueOrDefault(ArmKey.Of(range), SlotTable.Nobody));
        _overrides = overrides.Count > 0 ? overrides.ToFrozenDictionary(StringComparer.Ordinal) : null;
        _controls = [.. controls];
    }

    /// <summary>One of <see cref="UnitKinds"/>, or null for the default.</summary>
    public string? Unit { get; }

    public AssignedArm? ArmOf(ushort owner) => _arms[owner];

    /// <param name="slot">Of the unit in this layer; negative for a unit in the global holdout.</param>
    /// <param name="unit">Who is randomised.</param>
    /// <param name="kind">Of the unit.</param>
    /// <param name="facts">What the audience is asked about.</param>
    /// <returns><see cref="SlotTable.Nobody"/>, or a number for <see cref="ArmOf"/>.</returns>
    public ushort Find(int slot, string unit, string kind, in AudienceFacts facts)
    {
        if (_overrides is not null && _overrides.TryGetValue(unit, out var forced))
            return forced;
        if (slot < 0)
            return SlotTable.Nobody;
        var owner = _table.OwnerOf(slot);
        return _audiences[owner] is not { } audience || audience.Holds(unit, kind, facts) ? owner : SlotTable.Nobody;
    }

    /// <summary>What a unit that cannot be randomised gets: the control of the first experiment whose audience it belongs to.</summary>
    public ushort Control(in AudienceFacts facts)
    {
        foreach (var control in _controls)
        {
            if (_audiences[control] is not { } audience || audience.Holds(null, Subject.Nobody, facts))
                return control;
        }

        return SlotTable.Nobody;
    }

    private void AddOverrides(ExperimentDefinition experiment, Dictionary<string, ushort> overrides)
    {
        if (experiment.Overrides is null)
            return;
        foreach (var arm in experiment.Arms)
        {
            var forced = SlotTable.Nobody;
            foreach (var (unit, _) in experiment.Overrides.Where(one => one.Value == arm.Id))
            {
                if (forced == SlotTable.Nobody)
                    forced = Add(Assigned(experiment, arm) with { IsForced = true }, null);
                // No unit is in two experiments of a layer: the first one that names it has it.
                overrides.TryAdd(unit, forced);
            }
        }
    }

    private AssignedArm Assigned(ExperimentDefinition experiment, ExperimentArm arm) =>
        new(experiment.Id, experiment.Epoch, arm.Id, arm.Share, arm.Parameters, Unit, Teams: TeamsOf(experiment));

    private static ExperimentArm[]? TeamsOf(ExperimentDefinition experiment) =>
        experiment is { Interleaved: true, Arms.Count: 2 } ? [.. experiment.Arms.OrderByDescending(static arm => arm.IsControl)] : null;

    private ushort Add(AssignedArm arm, Audience? audience)
    {
        if (_arms.Count >= SlotTable.MaxOwners)
            throw new ArgumentException($"A layer has more than {SlotTable.MaxOwners - 1} arms.");
        _arms.Add(arm);
        _audiences.Add(audience);
        return (ushort)(_arms.Count - 1);
    }
}
