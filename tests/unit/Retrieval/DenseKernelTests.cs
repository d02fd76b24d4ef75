using Shouldly;
using Splitrail.Retrieval;
using Xunit;

namespace Splitrail.Tests.Unit.Retrieval;

public sealed unsafe class DenseKernelTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 17, 5)]
    [InlineData(8, 32, 9)]
    [InlineData(13, 61, 20)]
    [InlineData(24, 64, 3)]
    [InlineData(64, 64, 40)]
    public void It_adds_products_as_one_sum_in_the_order_of_the_depth(int rows, int columns, int depth)
    {
        var random = new Random(rows * columns + depth);
        var p = Numbers(random, depth * rows);
        var q = Numbers(random, depth * columns);
        var start = Numbers(random, rows * columns);
        foreach (var sign in (float[])[1f, -1f])
            foreach (var upper in (bool[])[false, true])
            {
                var c = (float[])start.Clone();
                fixed (float* pp = p, qp = q, cp = c)
                    DenseKernel.Accumulate(pp, rows, qp, columns, depth, cp, columns, rows, columns, sign, upper);

                for (var i = 0; i < rows; i++)
                    for (var j = upper ? i : 0; j < columns; j++)
                        c[i * columns + j].ShouldBe(Expected(p, q, start, i, j, sign, rows, columns, depth), $"{i}, {j}, sign {sign}, upper {upper}");
            }
    }

    private static float Expected(float[] p, float[] q, float[] start, int i, int j, float sign, int rows, int columns, int depth)
    {
        var sum = 0f;
        for (var t = 0; t < depth; t++)
            sum = MathF.FusedMultiplyAdd(p[t * rows + i], q[t * columns + j], sum);
        return MathF.FusedMultiplyAdd(sign, sum, start[i * columns + j]);
    }

    private static float[] Numbers(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
}
