using System.Numerics.Tensors;

namespace Splitrail.Retrieval;

/// <summary>A = U^T U in place in the upper triangle of a symmetric positive definite n x n matrix, blocked, and the solves with it.</summary>
public static unsafe class UpperCholesky
{
    private const int Block = 16;

    /// <exception cref="ArithmeticException">The matrix is not positive definite.</exception>
    public static void Factor(Span<float> a, int n)
    {
        fixed (float* matrix = a)
            for (var from = 0; from < n; from += Block)
            {
                var to = Math.Min(from + Block, n);
                FactorRows(a, n, from, to);
                if (to == n)
                    return;
                var panel = matrix + (long)from * n + to;
                DenseKernel.Accumulate(panel, n, panel, n, to - from, matrix + (long)to * n + to, n, n - to, n - to, -1f, upper: true);
            }
    }

    /// <summary>Solves U^T U x = b in place.</summary>
    public static void Solve(ReadOnlySpan<float> factor, int n, Span<float> b)
    {
        for (var k = 0; k < n; k++)
        {
            var row = factor.Slice(k * n + k, n - k);
            b[k] /= row[0];
            TensorPrimitives.MultiplyAdd(row[1..], -b[k], b.Slice(k + 1, n - k - 1), b.Slice(k + 1, n - k - 1));
        }

        for (var k = n - 1; k >= 0; k--)
        {
            var row = factor.Slice(k * n + k, n - k);
            var rest = n - k - 1;
            b[k] = (b[k] - (rest > 0 ? TensorPrimitives.Dot(row[1..], b.Slice(k + 1, rest)) : 0f)) / row[0];
        }
    }

    private static void FactorRows(Span<float> a, int n, int from, int to)
    {
        for (var k = from; k < to; k++)
        {
            var row = a.Slice(k * n + k, n - k);
            if (!(row[0] > 0f))
                throw new ArithmeticException($"Row {k} of {n}: the pivot is {row[0]}, the matrix is not positive definite.");
            TensorPrimitives.Multiply(row, 1f / MathF.Sqrt(row[0]), row);
            for (var i = k + 1; i < to; i++)
            {
                var target = a.Slice(i * n + i, n - i);
                TensorPrimitives.MultiplyAdd(row[(i - k)..], -row[i - k], target, target);
            }
        }
    }
}
