using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Splitrail.Experiments;

/// <summary>
/// The slot of a unit in a layer: ⌊2^20 · p⌋ with the percentile p of Microsoft.FeatureManagement, so that definitions exported to its clients
/// give the same arm. p = u / (2^32 - 1), where u is the first four bytes, little-endian, of SHA-256 over the UTF-8 of "unit\nseed".
/// </summary>
public static class UnitSlot
{
    public const int Count = SlotMap.Slots;

    private const int OnStack = 1024;

    /// <summary>Does not allocate for units and seeds of together less than 1 kB.</summary>
    /// <param name="unit">Who is randomised.</param>
    /// <param name="seedSuffix">"\n" and the layer's seed, UTF-8: see <see cref="SuffixOf"/>.</param>
    public static int Of(ReadOnlySpan<char> unit, ReadOnlySpan<byte> seedSuffix)
    {
        var most = Encoding.UTF8.GetMaxByteCount(unit.Length) + seedSuffix.Length;
        var text = most <= OnStack ? stackalloc byte[OnStack] : new byte[most];
        var length = Encoding.UTF8.GetBytes(unit, text);
        seedSuffix.CopyTo(text[length..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..(length + seedSuffix.Length)], hash);
        return OfMarker(BinaryPrimitives.ReadUInt32LittleEndian(hash));
    }

    public static byte[] SuffixOf(string seed) => Encoding.UTF8.GetBytes($"\n{seed}");

    /// <summary>A marker of 2^32 - 1 is percentile 100, which belongs to the last slot: FeatureManagement's last range is closed.</summary>
    internal static int OfMarker(uint marker) => Math.Min((int)(marker / (double)uint.MaxValue * Count), Count - 1);
}
