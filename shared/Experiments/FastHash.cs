using System.Text;

namespace Splitrail.Experiments;

/// <summary>slot = the upper 20 bits of xxHash64 over the UTF-8 of the unit; the layer's seed is hashed to the 64-bit seed. Allocates nothing.</summary>
/// <param name="seeds">One per layer.</param>
public sealed class FastHash(IReadOnlyList<string> seeds) : ISlotHash
{
    private const int Shift = 64 - 20;

    private readonly ulong[] _seeds = [.. seeds.Select(static seed => XxHash64.Of(Encoding.UTF8.GetBytes(seed), 0))];

    public void Slots(ReadOnlySpan<byte> unit, Span<int> slots)
    {
        for (var i = 0; i < _seeds.Length; i++)
            slots[i] = (int)(XxHash64.Of(unit, _seeds[i]) >> Shift);
    }
}
