using System.Buffers;
using System.Text;
using Splitrail.Contracts;

namespace Splitrail.Experiments;

/// <summary>
/// Who gets which arm, by one control snapshot: compiled once, then asked by every request without allocating. Layers whose unit and hash are the same are
/// hashed together.
/// </summary>
public sealed class Assigner
{
    private readonly LayerArms[] _layers;
    private readonly LayerGroup[] _groups;
    private readonly GlobalHoldout? _holdout;

    public Assigner(ControlSnapshot snapshot)
    {
        var faults = snapshot.Layers.Where(static layer => !SlotHashes.IsKnown(layer.Hash))
            .Select(static layer => $"Layer {layer.Id} has the hash '{layer.Hash}', which this release does not know: nobody is in it.").ToList();
        _layers = [.. snapshot.Layers.Select(layer => new LayerArms(layer, faults))];
        _groups =
        [
            .. snapshot.Layers.Select(static (layer, i) => (layer, i)).Where(static one => SlotHashes.IsKnown(one.layer.Hash))
                .GroupBy(static one => (one.layer.Unit ?? UnitKinds.Any, one.layer.Hash ?? LayerHashes.Compatible))
                .Select(static group => new LayerGroup(
                    group.First().layer.Unit, [.. group.Select(static one => one.i)], SlotHashes.Of(group.Key.Item2, [.. group.Select(static one => one.layer.Seed)]))),
        ];
        _holdout = snapshot.GlobalHoldout is { SlotMap.Count: > 0 } holdout ? new GlobalHoldout(holdout) : null;
        Faults = faults;
    }

    /// <summary>How many layers there are, and so the most arms of a request.</summary>
    public int Layers => _layers.Length;

    /// <summary>What this release does not understand of a snapshot of a later one; nobody is in those layers and experiments.</summary>
    public IReadOnlyList<string> Faults { get; }

    public AssignedArm? ArmOf(int layer, ushort owner) => _layers[layer].ArmOf(owner);

    /// <param name="subject">Who asks.</param>
    /// <param name="facts">What audiences are asked about.</param>
    /// <param name="owners">One per layer: 0 for no experiment, or a number for <see cref="ArmOf"/>.</param>
    public void Assign(in Subject subject, in AudienceFacts facts, Span<ushort> owners)
    {
        owners.Clear();
        foreach (var group in _groups)
        {
            if (subject.IdIn(group.Unit) is { } unit)
                AssignGroup(group, unit, subject.KindIn(group.Unit), facts, owners);
            else
                AssignControls(group, subject, facts, owners);
        }
    }

    private void AssignGroup(LayerGroup group, string unit, string kind, in AudienceFacts facts, Span<ushort> owners)
    {
        const int onStack = 1024;
        const int slotsOnStack = 64;
        byte[]? rented = null;
        var most = Encoding.UTF8.GetMaxByteCount(unit.Length);
        var text = most <= onStack ? stackalloc byte[onStack] : rented = ArrayPool<byte>.Shared.Rent(most);
        text = text[..Encoding.UTF8.GetBytes(unit, text)];
        var count = group.Layers.Length;
        var slots = count <= slotsOnStack ? stackalloc int[slotsOnStack] : new int[count];
        if (_holdout is not null && _holdout.Holds(text))
            slots.Fill(-1);
        else
            group.Hash.Slots(text, slots);
        for (var i = 0; i < count; i++)
            owners[group.Layers[i]] = _layers[group.Layers[i]].Find(slots[i], unit, kind, facts);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
    }

    /// <summary>Nobody in particular is served the controls. Who has an id, but not the one this layer randomises, is not in it.</summary>
    private void AssignControls(LayerGroup group, in Subject subject, in AudienceFacts facts, Span<ushort> owners)
    {
        var isNobody = subject is { UserId: null, SessionId: null };
        foreach (var layer in group.Layers)
            owners[layer] = isNobody ? _layers[layer].Control(facts) : SlotTable.Nobody;
    }

    private sealed record LayerGroup(string? Unit, int[] Layers, ISlotHash Hash);

    private sealed class GlobalHoldout(HoldoutDefinition definition)
    {
        private const ushort HeldOut = 1;

        private readonly ISlotHash _hash = SlotHashes.Of(definition.Hash, [definition.Seed]);
        private readonly SlotTable _table = new(definition.SlotMap, static _ => HeldOut);

        public bool Holds(ReadOnlySpan<byte> unit)
        {
            var slot = 0;
            _hash.Slots(unit, new Span<int>(ref slot));
            return _table.OwnerOf(slot) == HeldOut;
        }
    }
}
