using Splitrail.Contracts;

namespace Splitrail.Experiments;

/// <summary>
/// A slot map as a table: who owns a slot is found with two reads and no search. Blocks of 256 slots with one owner are one entry, a block in which
/// owners change is spelt out; so a layer takes 8 kB and half a kB per change of owner, and stays in a core's cache beside the other layers.
/// </summary>
public sealed class SlotTable
{
    /// <summary>Whom a slot in no range belongs to.</summary>
    public const ushort Nobody = 0;

    /// <summary>Owners are below it.</summary>
    public const int MaxOwners = SpeltOut;

    private const int BlockBits = 8;
    private const int BlockSlots = 1 << BlockBits;
    private const ushort SpeltOut = 1 << 15;

    private readonly ushort[] _blocks = new ushort[SlotMap.Slots >> BlockBits];
    private readonly ushort[] _slots;

    /// <param name="map">Disjoint ranges, in any order.</param>
    /// <param name="ownerOf">1..<see cref="MaxOwners"/> - 1, or <see cref="Nobody"/>.</param>
    public SlotTable(IEnumerable<SlotRange> map, Func<SlotRange, ushort> ownerOf)
    {
        var spelt = new List<ushort[]>();
        foreach (var range in map)
            Fill(range.Start, range.End, ownerOf(range), spelt);
        _slots = [.. spelt.SelectMany(static block => block)];
    }

    /// <param name="slot">0..2^20 - 1.</param>
    public ushort OwnerOf(int slot)
    {
        var entry = _blocks[slot >> BlockBits];
        return entry < SpeltOut ? entry : _slots[((entry - SpeltOut) << BlockBits) + (slot & (BlockSlots - 1))];
    }

    private void Fill(int start, int end, ushort owner, List<ushort[]> spelt)
    {
        for (var at = start; at < end;)
        {
            var block = at >> BlockBits;
            var blockEnd = Math.Min(end, (block + 1) << BlockBits);
            if (blockEnd - at == BlockSlots)
                _blocks[block] = owner;
            else
                SpellOut(block, spelt).AsSpan(at & (BlockSlots - 1), blockEnd - at).Fill(owner);
            at = blockEnd;
        }
    }

    private ushort[] SpellOut(int block, List<ushort[]> spelt)
    {
        if (_blocks[block] < SpeltOut)
        {
            _blocks[block] = (ushort)(SpeltOut + spelt.Count);
            spelt.Add(new ushort[BlockSlots]);
        }

        return spelt[_blocks[block] - SpeltOut];
    }
}
