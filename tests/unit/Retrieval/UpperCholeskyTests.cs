using Shouldly;
using Splitrail.Retrieval;
using Xunit;

namespace Splitrail.Tests.Unit.Retrieval;

public sealed class UpperCholeskyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(16)]
    [InlineData(33)]
    [InlineData(64)]
    [InlineData(100)]
    [InlineData(128)]
    public void Solutions_fulfil_the_system_whatever_its_size(int n)
    {
        var (matrix, right) = System(n);
        var (factor, x) = ((float[])matrix.Clone(), (float[])right.Clone());

        UpperCholesky.Factor(factor, n);
        UpperCholesky.Solve(factor, n, x);

        for (var row = 0; row < n; row++)
        {
            var sum = 0.0;
            for (var column = 0; column < n; column++)
                sum += (double)matrix[Math.Min(row, column) * n + Math.Max(row, column)] * x[column];
            sum.ShouldBe(right[row], 1e-3);
        }
    }

    [Theory]
    [InlineData(7)]
    [InlineData(16)]
    [InlineData(40)]
    public void Both_halves_of_a_solution_make_the_whole_and_the_first_is_a_norm(int n)
    {
        var (matrix, right) = System(n);
        var (factor, whole, halves) = ((float[])matrix.Clone(), (float[])right.Clone(), (float[])right.Clone());

        UpperCholesky.Factor(factor, n);
        UpperCholesky.Solve(factor, n, whole);
        UpperCholesky.SolveTransposed(factor, n, halves);
        // With U'y = b the product y'y is b'A^-1 b.
        halves.Sum(static y => (double)y * y).ShouldBe(right.Zip(whole).Sum(static pair => (double)pair.First * pair.Second), 1e-3);
        UpperCholesky.SolveUpper(factor, n, halves);

        halves.ShouldBe(whole);
    }

    [Fact]
    public void What_is_below_the_diagonal_is_not_looked_at()
    {
        var (matrix, right) = System(40);
        var (other, x, y) = ((float[])matrix.Clone(), (float[])right.Clone(), (float[])right.Clone());
        for (var row = 0; row < 40; row++)
            for (var column = 0; column < row; column++)
                other[row * 40 + column] = 1e6f;

        UpperCholesky.Factor(matrix, 40);
        UpperCholesky.Solve(matrix, 40, x);
        UpperCholesky.Factor(other, 40);
        UpperCholesky.Solve(other, 40, y);

        y.ShouldBe(x);
    }

    [Fact]
    public void A_matrix_that_is_not_positive_definite_is_refused() =>
        Should.Throw<ArithmeticException>(() => UpperCholesky.Factor([1f, 2f, 2f, 1f], 2)).Message.ShouldContain("Row 1 of 2");

    /// <summary>A'A + I of random numbers.</summary>
    private static (float[] Matrix, float[] Right) System(int n)
    {
        var random = new Random(n);
        var a = Enumerable.Range(0, n * n).Select(_ => random.NextSingle() - 0.5f).ToArray();
        var matrix = new float[n * n];
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++)
                matrix[i * n + j] = Enumerable.Range(0, n).Sum(k => a[k * n + i] * a[k * n + j]) + (i == j ? 1f : 0f);
        return (matrix, [.. Enumerable.Range(0, n).Select(_ => random.NextSingle())]);
    }
}
