using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Splitrail.Retrieval.Vectors;

/// <summary>Four products and their sum in one instruction.</summary>
internal readonly unsafe struct AvxVnniKernel : IBlockKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Block(byte* block, sbyte* query, int width, out Vector256<int> low, out Vector256<int> high)
    {
        var mask = Vector256.Create((byte)15);
        Vector256<int> l0 = default, l1 = default, h0 = default, h1 = default;
        for (var at = 0; at < width; at += 8, block += 64)
        {
            var first = Vector256.Create(*(int*)(query + at)).AsSByte();
            var second = Vector256.Create(*(int*)(query + at + 4)).AsSByte();
            var a = Vector256.Load(block);
            var b = Vector256.Load(block + 32);
            l0 = AvxVnni.MultiplyWideningAndAdd(l0, a & mask, first);
            h0 = AvxVnni.MultiplyWideningAndAdd(h0, b & mask, first);
            l1 = AvxVnni.MultiplyWideningAndAdd(l1, (a.AsUInt16() >>> 4).AsByte() & mask, second);
            h1 = AvxVnni.MultiplyWideningAndAdd(h1, (b.AsUInt16() >>> 4).AsByte() & mask, second);
        }

        low = l0 + l1;
        high = h0 + h1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Row(byte* row, sbyte* query, int width)
    {
        var mask = Vector128.Create((byte)15);
        Vector128<int> l = default, h = default;
        var half = width / 2;
        var i = 0;
        for (; i + 16 <= half; i += 16)
        {
            var a = Vector128.Load(row + i);
            l = AvxVnni.MultiplyWideningAndAdd(l, a & mask, Vector128.Load(query + i));
            h = AvxVnni.MultiplyWideningAndAdd(h, (a.AsUInt16() >>> 4).AsByte() & mask, Vector128.Load(query + half + i));
        }

        var sum = Vector128.Sum(l + h);
        for (; i < half; i++)
            sum += (row[i] & 15) * query[i] + (row[i] >> 4) * query[i + half];
        return sum;
    }
}
