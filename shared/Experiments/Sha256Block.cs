using System.Buffers.Binary;
using System.Numerics;
using static Splitrail.Experiments.Sha256Rounds;

namespace Splitrail.Experiments;

/// <summary>
/// The first four bytes of the SHA-256 of a short message, without the fixed cost of a call into the platform's cryptography: that is about twice the
/// work of the one block. For assignment only; what must be secret or signed uses the platform.
/// </summary>
internal static class Sha256Block
{
    /// <summary>First four bytes of the digest, read little-endian.</summary>
    /// <param name="words">The padded block, 16 words.</param>
    public static uint FirstWord(ReadOnlySpan<uint> words)
    {
        Span<uint> w = stackalloc uint[64];
        Expand(words, w);
        uint a = Start[0], b = Start[1], c = Start[2], d = Start[3], e = Start[4], f = Start[5], g = Start[6], h = Start[7];
        // Eight rounds at a time, so that the variables change their parts instead of their values.
        for (var i = 0; i <= w.Length - 8; i += 8)
        {
            h += Mix(e, f, g) + K[i] + w[i]; d += h; h += Majority(a, b, c);
            g += Mix(d, e, f) + K[i + 1] + w[i + 1]; c += g; g += Majority(h, a, b);
            f += Mix(c, d, e) + K[i + 2] + w[i + 2]; b += f; f += Majority(g, h, a);
            e += Mix(b, c, d) + K[i + 3] + w[i + 3]; a += e; e += Majority(f, g, h);
            d += Mix(a, b, c) + K[i + 4] + w[i + 4]; h += d; d += Majority(e, f, g);
            c += Mix(h, a, b) + K[i + 5] + w[i + 5]; g += c; c += Majority(d, e, f);
            b += Mix(g, h, a) + K[i + 6] + w[i + 6]; f += b; b += Majority(c, d, e);
            a += Mix(f, g, h) + K[i + 7] + w[i + 7]; e += a; a += Majority(b, c, d);
        }

        return BinaryPrimitives.ReverseEndianness(Start[0] + a);
    }

    /// <summary>Message, 0x80, zeros and the length in bits, as big-endian words.</summary>
    /// <param name="first">Start of the message.</param>
    /// <param name="second">Its rest; both together at most <see cref="OneBlock"/> bytes.</param>
    /// <param name="words">16 words.</param>
    public static void Frame(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, Span<uint> words)
    {
        Span<byte> block = stackalloc byte[BlockBytes];
        first.CopyTo(block);
        second.CopyTo(block[first.Length..]);
        var length = first.Length + second.Length;
        block[length] = 0x80;
        for (var i = 0; i < BlockWords - 1; i++)
            words[i] = BinaryPrimitives.ReadUInt32BigEndian(block[(i * sizeof(uint))..]);
        words[BlockWords - 1] = (uint)length * 8;
    }

    private static void Expand(ReadOnlySpan<uint> words, Span<uint> w)
    {
        words[..BlockWords].CopyTo(w);
        for (var i = BlockWords; i < w.Length; i++)
        {
            var (early, late) = (w[i - 15], w[i - 2]);
            w[i] = w[i - 16] + (BitOperations.RotateRight(early, 7) ^ BitOperations.RotateRight(early, 18) ^ (early >> 3))
                + w[i - 7] + (BitOperations.RotateRight(late, 17) ^ BitOperations.RotateRight(late, 19) ^ (late >> 10));
        }
    }

    private static uint Mix(uint e, uint f, uint g) =>
        (BitOperations.RotateRight(e, 6) ^ BitOperations.RotateRight(e, 11) ^ BitOperations.RotateRight(e, 25)) + ((e & f) ^ (~e & g));

    private static uint Majority(uint a, uint b, uint c) =>
        (BitOperations.RotateRight(a, 2) ^ BitOperations.RotateRight(a, 13) ^ BitOperations.RotateRight(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
}
