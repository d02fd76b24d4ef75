using System.Runtime.Intrinsics;
using Shouldly;
using Splitrail.Randomness;
using Splitrail.Retrieval.Vectors;
using Xunit;

namespace Splitrail.Tests.Unit.Retrieval.Vectors;

public sealed unsafe class KernelTests
{
    public static TheoryData<int> Widths => [16, 32, 48, 64, 128, 208, 768, FloatRows.MaxWidth];

    [Theory]
    [MemberData(nameof(Widths))]
    public void Every_path_gives_the_sums_of_the_plain_one(int width)
    {
        foreach (var path in VectorPaths.Supported)
            for (var seed = 1UL; seed <= 20; seed++)
                Sums(path, width, seed).ShouldBe(Sums(VectorPath.Plain, width, seed), $"{path}, width {width}, seed {seed}");
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Numbers_at_their_limits_do_not_overflow(int width)
    {
        foreach (var path in VectorPaths.Supported)
            Sums(path, width, null).ShouldBe([.. Enumerable.Repeat(15 * 127 * width, 17)], path.ToString());
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Float_products_have_the_same_bits_whatever_the_width_of_the_registers(int width)
    {
        var random = new SplitMix64(3);
        var (a, b) = (new float[width], new float[width]);
        for (var i = 0; i < width; i++)
            (a[i], b[i]) = ((float)random.NextNormal(), (float)random.NextNormal());
        fixed (float* p = a, q = b)
        {
            var plain = RowDot.Plain(p, q, width);
            RowDot.Wide128(p, q, width).ShouldBe(plain);
            RowDot.Wide256(p, q, width).ShouldBe(plain);
            RowDot.Wide512(p, q, width).ShouldBe(plain);
            RowDot.Of(p, q, width).ShouldBe(plain);
        }
    }

    /// <summary>Sixteen of a block and one of a row; without a seed everything is as large as it can be.</summary>
    private static int[] Sums(VectorPath path, int width, ulong? seed)
    {
        var random = new SplitMix64(seed ?? 0);
        var block = new byte[width * 8];
        var row = new byte[width / 2];
        var query = new sbyte[width];
        foreach (ref var value in block.AsSpan())
            value = seed is null ? (byte)255 : (byte)random.Next();
        foreach (ref var value in row.AsSpan())
            value = seed is null ? (byte)255 : (byte)random.Next();
        foreach (ref var value in query.AsSpan())
            value = seed is null ? (sbyte)127 : (sbyte)(random.NextInt(255) - 127);
        return path switch
        {
            VectorPath.AvxVnni => Sums<AvxVnniKernel>(block, row, query),
            VectorPath.Avx2 => Sums<Avx2Kernel>(block, row, query),
            VectorPath.AdvSimd => Sums<AdvSimdKernel>(block, row, query),
            _ => Sums<PlainKernel>(block, row, query),
        };
    }

    private static int[] Sums<TKernel>(byte[] block, byte[] row, sbyte[] query)
        where TKernel : struct, IBlockKernel
    {
        fixed (byte* b = block, r = row)
        fixed (sbyte* q = query)
        {
            TKernel.Block(b, q, query.Length, out Vector256<int> low, out Vector256<int> high);
            var sums = new int[17];
            low.CopyTo(sums);
            high.CopyTo(sums, 8);
            sums[16] = TKernel.Row(r, q, query.Length);
            return sums;
        }
    }
}
