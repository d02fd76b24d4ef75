using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Splitrail.Retrieval.Vectors;

/// <summary>Pairs of products in 16 bits, which halves from 0 to 15 never overflow, widened to 32 at once.</summary>
internal readonly unsafe struct Avx2Kernel : IBlockKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Block(byte* block, sbyte* query, int width, out Vector256<int> low, out Vector256<int> high)
    {
        var mask = Vector256.Create((byte)15);
        var ones = Vector256<short>.One;
        Vector256<int> l = default, h = default;
        for (var at = 0; at < width; at += 8, block += 64)
        {
            var first = Vector256.Create(*(int*)(query + at)).AsSByte();
            var second = Vector256.Create(*(int*)(query + at + 4)).AsSByte();
            var a = Vector256.Load(block);
            var b = Vector256.Load(block + 32);
            // Two pairs of 2 x 15 x 127 are 7,620: far below what 16 bits hold.
            var pairs = Avx2.MultiplyAddAdjacent(a & mask, first) + Avx2.MultiplyAddAdjacent((a.AsUInt16() >>> 4).AsByte() & mask, second);
            l += Avx2.MultiplyAddAdjacent(pairs, ones);
            pairs = Avx2.MultiplyAddAdjacent(b & mask, first) + Avx2.MultiplyAddAdjacent((b.AsUInt16() >>> 4).AsByte() & mask, second);
            h += Avx2.MultiplyAddAdjacent(pairs, ones);
        }

        low = l;
        high = h;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Row(byte* row, sbyte* query, int width)
    {
        var mask = Vector128.Create((byte)15);
        Vector128<int> sums = default;
        var half = width / 2;
        var i = 0;
        for (; i + 16 <= half; i += 16)
        {
            var a = Vector128.Load(row + i);
            var pairs = Ssse3.MultiplyAddAdjacent(a & mask, Vector128.Load(query + i))
                + Ssse3.MultiplyAddAdjacent((a.AsUInt16() >>> 4).AsByte() & mask, Vector128.Load(query + half + i));
            sums += Sse2.MultiplyAddAdjacent(pairs, Vector128<short>.One);
        }

        var sum = Vector128.Sum(sums);
        for (; i < half; i++)
            sum += (row[i] & 15) * query[i] + (row[i] >> 4) * query[i + half];
        return sum;
    }
}
