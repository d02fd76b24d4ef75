using Shouldly;
using Splitrail.Trainer.Training;
using Xunit;

namespace Splitrail.Tests.Unit.Trainer.Training;

public sealed class SpdInverseTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_matrix_times_its_inverse_is_the_identity(int blocks)
    {
        var n = blocks * SpdInverse.Block;
        var a = RandomSpd(n);
        var inverse = (float[])a.Clone();

        SpdInverse.Invert(inverse, n);

        var worst = 0.0;
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++)
            {
                var sum = i == j ? -1.0 : 0.0;
                for (var k = 0; k < n; k++)
                    sum += (double)a[i * n + k] * inverse[k * n + j];
                worst = Math.Max(worst, Math.Abs(sum));
            }

        worst.ShouldBeLessThan(1e-3);
    }

    [Fact]
    public void A_matrix_that_is_not_positive_definite_is_refused()
    {
        var a = new float[SpdInverse.Block * SpdInverse.Block];

        Should.Throw<ArithmeticException>(() => SpdInverse.Invert(a, SpdInverse.Block));
    }

    [Fact]
    public void A_size_that_is_no_multiple_of_the_block_is_refused() =>
        Should.Throw<ArgumentException>(() => SpdInverse.Invert(new float[100], 10));

    private static float[] RandomSpd(int n)
    {
        var random = new Random(5);
        var x = Enumerable.Range(0, n * 40).Select(_ => random.NextSingle()).ToArray();
        var a = new float[n * n];
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++)
                a[i * n + j] = Enumerable.Range(0, 40).Sum(k => x[i * 40 + k] * x[j * 40 + k]) + (i == j ? 5f : 0f);
        return a;
    }
}
