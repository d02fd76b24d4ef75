using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static Splitrail.Experiments.Sha256Rounds;

namespace Splitrail.Experiments;

/// <summary>
/// <see cref="Sha256Block"/> for eight messages at once, one in each 32-bit lane of a vector (Gueron and Krasnov, Simultaneous hashing of multiple
/// messages, 2012): the layers of a request hash the same unit with different seeds, and eight of them cost little more than one.
/// </summary>
internal static class Sha256Lanes
{
    public const int Count = 8;

    public static bool IsSupported => Vector256.IsHardwareAccelerated;

    /// <param name="words">16 × 8: word w of lane l at w · 8 + l. Overwritten.</param>
    /// <param name="digests">8: the first four bytes of each digest, read little-endian.</param>
    public static void FirstWords(Span<uint> words, Span<uint> digests)
    {
        Span<Vector256<uint>> w = stackalloc Vector256<uint>[BlockWords];
        for (var i = 0; i < BlockWords; i++)
            w[i] = Vector256.Create<uint>(words[(i * Count)..]);
        Vector256<uint> a = Lane(0), b = Lane(1), c = Lane(2), d = Lane(3), e = Lane(4), f = Lane(5), g = Lane(6), h = Lane(7);
        for (var i = 0; i < K.Length; i += 8)
        {
            if (i >= BlockWords)
                Expand(w, i & 8);
            var half = w.Slice(i & 8, 8);
            h += Mix(e, f, g, i) + half[0]; d += h; h += Majority(a, b, c);
            g += Mix(d, e, f, i + 1) + half[1]; c += g; g += Majority(h, a, b);
            f += Mix(c, d, e, i + 2) + half[2]; b += f; f += Majority(g, h, a);
            e += Mix(b, c, d, i + 3) + half[3]; a += e; e += Majority(f, g, h);
            d += Mix(a, b, c, i + 4) + half[4]; h += d; d += Majority(e, f, g);
            c += Mix(h, a, b, i + 5) + half[5]; g += c; c += Majority(d, e, f);
            b += Mix(g, h, a, i + 6) + half[6]; f += b; b += Majority(c, d, e);
            a += Mix(f, g, h, i + 7) + half[7]; e += a; a += Majority(b, c, d);
        }

        (Lane(0) + a).CopyTo(digests);
        BinaryPrimitives.ReverseEndianness(digests[..Count], digests);
    }

    /// <summary>Eight words of the schedule in the place of those of sixteen rounds ago.</summary>
    private static void Expand(Span<Vector256<uint>> w, int at)
    {
        for (var i = at; i < at + 8; i++)
        {
            var (early, late) = (w[(i + 1) & 15], w[(i + 14) & 15]);
            w[i] += (RotateRight(early, 7) ^ RotateRight(early, 18) ^ (early >>> 3))
                + w[(i + 9) & 15] + (RotateRight(late, 17) ^ RotateRight(late, 19) ^ (late >>> 10));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Lane(int i) => Vector256.Create(Start[i]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Mix(Vector256<uint> e, Vector256<uint> f, Vector256<uint> g, int round) =>
        (RotateRight(e, 6) ^ RotateRight(e, 11) ^ RotateRight(e, 25)) + ((e & f) ^ Vector256.AndNot(g, e)) + Vector256.Create(K[round]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Majority(Vector256<uint> a, Vector256<uint> b, Vector256<uint> c) =>
        (RotateRight(a, 2) ^ RotateRight(a, 13) ^ RotateRight(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> RotateRight(Vector256<uint> value, int bits) => (value >>> bits) | (value << (32 - bits));
}
