using System.Buffers.Binary;
using System.Numerics;

namespace Splitrail.Experiments;

/// <summary>
/// xxHash64 (Collet, xxHash fast digest algorithm, specification 0.1.1, 2018): well distributed, not for secrets.
/// </summary>
public static class XxHash64
{
    private const ulong Prime1 = 11400714785074694791;
    private const ulong Prime2 = 14029467366897019727;
    private const ulong Prime3 = 1609587929392839161;
    private const ulong Prime4 = 9650029242287828579;
    private const ulong Prime5 = 2870177450012600261;
    private const int Stripe = 32;

    public static ulong Of(ReadOnlySpan<byte> text, ulong seed)
    {
        var length = (ulong)text.Length;
        var hash = text.Length >= Stripe ? Stripes(ref text, seed) : seed + Prime5;
        hash += length;
        for (; text.Length >= sizeof(ulong); text = text[sizeof(ulong)..])
            hash = (BitOperations.RotateLeft(hash ^ Round(0, BinaryPrimitives.ReadUInt64LittleEndian(text)), 27) * Prime1) + Prime4;
        if (text.Length >= sizeof(uint))
        {
            hash = (BitOperations.RotateLeft(hash ^ (BinaryPrimitives.ReadUInt32LittleEndian(text) * Prime1), 23) * Prime2) + Prime3;
            text = text[sizeof(uint)..];
        }

        foreach (var last in text)
            hash = BitOperations.RotateLeft(hash ^ (last * Prime5), 11) * Prime1;
        return Avalanche(hash);
    }

    private static ulong Stripes(ref ReadOnlySpan<byte> text, ulong seed)
    {
        ulong a = seed + Prime1 + Prime2, b = seed + Prime2, c = seed, d = seed - Prime1;
        for (; text.Length >= Stripe; text = text[Stripe..])
        {
            a = Round(a, BinaryPrimitives.ReadUInt64LittleEndian(text));
            b = Round(b, BinaryPrimitives.ReadUInt64LittleEndian(text[8..]));
            c = Round(c, BinaryPrimitives.ReadUInt64LittleEndian(text[16..]));
            d = Round(d, BinaryPrimitives.ReadUInt64LittleEndian(text[24..]));
        }

        var hash = BitOperations.RotateLeft(a, 1) + BitOperations.RotateLeft(b, 7) + BitOperations.RotateLeft(c, 12) + BitOperations.RotateLeft(d, 18);
        return Merge(Merge(Merge(Merge(hash, a), b), c), d);
    }

    private static ulong Round(ulong sum, ulong lane) => BitOperations.RotateLeft(sum + (lane * Prime2), 31) * Prime1;

    private static ulong Merge(ulong hash, ulong sum) => ((hash ^ Round(0, sum)) * Prime1) + Prime4;

    private static ulong Avalanche(ulong hash)
    {
        hash = (hash ^ (hash >> 33)) * Prime2;
        hash = (hash ^ (hash >> 29)) * Prime3;
        return hash ^ (hash >> 32);
    }
}
