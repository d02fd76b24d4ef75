using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace Splitrail.Experiments;

/// <summary>
/// slot = ⌊2^20 · p⌋ with the percentile p of Microsoft.FeatureManagement, so that definitions exported to its clients give the same arm.
/// p = u / (2^32 - 1), where u is the first four bytes, little-endian, of SHA-256 over the UTF-8 of "unit\nseed". Allocates nothing.
/// </summary>
public sealed class CompatibleHash : ISlotHash
{
    private readonly byte[][] _suffixes;
    private readonly int _longest;

    /// <param name="seeds">One per layer.</param>
    public CompatibleHash(IReadOnlyList<string> seeds)
    {
        _suffixes = [.. seeds.Select(static seed => Encoding.UTF8.GetBytes($"\n{seed}"))];
        _longest = _suffixes.Length == 0 ? 0 : _suffixes.Max(static suffix => suffix.Length);
    }

    public void Slots(ReadOnlySpan<byte> unit, Span<int> slots)
    {
        if (unit.Length + _longest > Sha256Rounds.OneBlock)
            OfLong(unit, slots);
        else if (_suffixes.Length > 1 && Sha256Lanes.IsSupported)
            InLanes(unit, slots);
        else
            OneByOne(unit, slots);
    }

    /// <summary>A marker of 2^32 - 1 is percentile 100, which belongs to the last slot: FeatureManagement's last range is closed.</summary>
    internal static int OfMarker(uint marker) => Math.Min((int)(marker / (double)uint.MaxValue * SlotMap.Slots), SlotMap.Slots - 1);

    /// <summary>The same slots by the platform's own SHA-256, whatever the length.</summary>
    internal void OfLong(ReadOnlySpan<byte> unit, Span<int> slots)
    {
        const int onStack = 1024;
        var most = unit.Length + _longest;
        var text = most <= onStack ? stackalloc byte[onStack] : new byte[most];
        unit.CopyTo(text);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        for (var i = 0; i < _suffixes.Length; i++)
        {
            _suffixes[i].CopyTo(text[unit.Length..]);
            SHA256.HashData(text[..(unit.Length + _suffixes[i].Length)], digest);
            slots[i] = OfMarker(BinaryPrimitives.ReadUInt32LittleEndian(digest));
        }
    }

    internal void OneByOne(ReadOnlySpan<byte> unit, Span<int> slots)
    {
        Span<uint> words = stackalloc uint[Sha256Rounds.BlockWords];
        for (var i = 0; i < _suffixes.Length; i++)
        {
            Sha256Block.Frame(unit, _suffixes[i], words);
            slots[i] = OfMarker(Sha256Block.FirstWord(words));
        }
    }

    [SkipLocalsInit]
    private void InLanes(ReadOnlySpan<byte> unit, Span<int> slots)
    {
        Span<uint> words = stackalloc uint[Sha256Rounds.BlockWords];
        Span<uint> lanes = stackalloc uint[Sha256Rounds.BlockWords * Sha256Lanes.Count];
        Span<uint> markers = stackalloc uint[Sha256Lanes.Count];
        for (var at = 0; at < _suffixes.Length; at += Sha256Lanes.Count)
        {
            var count = Math.Min(Sha256Lanes.Count, _suffixes.Length - at);
            for (var lane = 0; lane < count; lane++)
            {
                Sha256Block.Frame(unit, _suffixes[at + lane], words);
                for (var word = 0; word < words.Length; word++)
                    lanes[(word * Sha256Lanes.Count) + lane] = words[word];
            }

            Sha256Lanes.FirstWords(lanes, markers);
            for (var lane = 0; lane < count; lane++)
                slots[at + lane] = OfMarker(markers[lane]);
        }
    }
}
