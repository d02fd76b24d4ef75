namespace Splitrail.Retrieval;

/// <summary>A = U^T U in place in the upper triangle of a symmetric positive definite n x n matrix, blocked, and the solves with it.</summary>
public static unsafe class UpperCholesky
{
    private const int Block = 16;

    /// <summary>What is below the diagonal inside a block is overwritten with what means nothing.</summary>
    /// <exception cref="ArithmeticException">The matrix is not positive definite.</exception>
    public static void Factor(Span<float> a, int n)
    {
        fixed (float* matrix = a)
            for (var from = 0; from < n; from += Block)
            {
                var to = Math.Min(from + Block, n);
                FactorRows(matrix, n, from, to);
                if (to == n)
                    return;
                var panel = matrix + (long)from * n + to;
                DenseKernel.Accumulate(panel, n, panel, n, to - from, matrix + (long)to * n + to, n, n - to, n - to, -1f, upper: true);
            }
    }

    /// <summary>Solves U^T U x = b in place.</summary>
    public static void Solve(ReadOnlySpan<float> factor, int n, Span<float> b)
    {
        SolveTransposed(factor, n, b);
        SolveUpper(factor, n, b);
    }

    /// <summary>Solves U^T x = b in place.</summary>
    public static void SolveTransposed(ReadOnlySpan<float> factor, int n, Span<float> b)
    {
        fixed (float* u = factor, x = b)
            for (var from = 0; from < n; from += Block)
                Forward(u, n, from, Math.Min(from + Block, n), x);
    }

    /// <summary>Solves U x = b in place. For a b of standard normal draws x has the covariance A^-1.</summary>
    public static void SolveUpper(ReadOnlySpan<float> factor, int n, Span<float> b)
    {
        fixed (float* u = factor, x = b)
            for (var from = (n - 1) / Block * Block; from >= 0; from -= Block)
                Backward(u, n, from, Math.Min(from + Block, n), x);
    }

    private static void FactorRows(float* a, int n, int from, int to)
    {
        for (var k = from; k < to; k++)
        {
            var row = a + (long)k * n;
            if (!(row[k] > 0f))
                throw new ArithmeticException($"Row {k} of {n}: the pivot is {row[k]}, the matrix is not positive definite.");
            // From the block's first column on: whole vectors are cheaper than leaving out what is below the diagonal.
            RowMath.Scale(1f / MathF.Sqrt(row[k]), row + from, n - from);
            for (var i = k + 1; i < to; i++)
                RowMath.Add(row + from, -row[i], a + (long)i * n + from, n - from);
        }
    }

    private static void Forward(float* u, int n, int from, int to, float* x)
    {
        for (var k = from; k < to; k++)
        {
            var row = u + (long)k * n;
            x[k] /= row[k];
            for (var i = k + 1; i < to; i++)
                x[i] = MathF.FusedMultiplyAdd(row[i], -x[k], x[i]);
        }

        for (var k = from; k < to; k++)
            RowMath.Add(u + (long)k * n + to, -x[k], x + to, n - to);
    }

    private static void Backward(float* u, int n, int from, int to, float* x)
    {
        for (var k = from; k < to; k++)
            x[k] -= RowMath.Dot(u + (long)k * n + to, x + to, n - to);
        // By column: the subtractions do not wait for each other.
        for (var k = to - 1; k >= from; k--)
        {
            x[k] /= u[(long)k * n + k];
            for (var i = from; i < k; i++)
                x[i] = MathF.FusedMultiplyAdd(u[(long)i * n + k], -x[k], x[i]);
        }
    }
}
