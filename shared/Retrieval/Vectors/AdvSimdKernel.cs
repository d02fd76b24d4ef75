using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace Splitrail.Retrieval.Vectors;

/// <summary>arm64's dot product: halves from 0 to 15 are small enough to pass as signed.</summary>
internal readonly unsafe struct AdvSimdKernel : IBlockKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Block(byte* block, sbyte* query, int width, out Vector256<int> low, out Vector256<int> high)
    {
        var mask = Vector128.Create((byte)15);
        Vector128<int> r0 = default, r4 = default, r8 = default, r12 = default;
        for (var at = 0; at < width; at += 8, block += 64)
        {
            var first = Vector128.Create(*(int*)(query + at)).AsSByte();
            var second = Vector128.Create(*(int*)(query + at + 4)).AsSByte();
            r0 = Add(r0, Vector128.Load(block), mask, first, second);
            r4 = Add(r4, Vector128.Load(block + 16), mask, first, second);
            r8 = Add(r8, Vector128.Load(block + 32), mask, first, second);
            r12 = Add(r12, Vector128.Load(block + 48), mask, first, second);
        }

        low = Vector256.Create(r0, r4);
        high = Vector256.Create(r8, r12);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Row(byte* row, sbyte* query, int width)
    {
        var mask = Vector128.Create((byte)15);
        Vector128<int> sums = default;
        var half = width / 2;
        var i = 0;
        for (; i + 16 <= half; i += 16)
            sums = Add(sums, Vector128.Load(row + i), mask, Vector128.Load(query + i), Vector128.Load(query + half + i));
        var sum = Vector128.Sum(sums);
        for (; i < half; i++)
            sum += (row[i] & 15) * query[i] + (row[i] >> 4) * query[i + half];
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Add(Vector128<int> sums, Vector128<byte> bytes, Vector128<byte> mask, Vector128<sbyte> first, Vector128<sbyte> second) =>
        Dp.DotProduct(Dp.DotProduct(sums, (bytes & mask).AsSByte(), first), (bytes >>> 4).AsSByte(), second);
}
