namespace Splitrail.Retrieval;

/// <summary>
/// One pass of block coordinate descent over a row of <see cref="AlsHalfStep"/> (iALS++: Rendle, Krichene, Zhang and Koren 2021): the factors are solved for
/// 64 at a time with the others held, at K^2 x blocks instead of K^3. For wide factors (256 and more), where a whole Cholesky of each row is what takes the time.
/// </summary>
internal static unsafe class AlsBlocks
{
    private const int Width = 64;

    /// <param name="gram">Y'Y + lambda I, symmetric, padded rows.</param>
    /// <param name="extra">Added to the diagonal for this row.</param>
    /// <param name="rows">The row's vectors, gathered, padded.</param>
    /// <param name="n">How many; confidence c - 1 of each is in <see cref="AlsWorkspace.Strengths"/>.</param>
    /// <param name="factors">K.</param>
    /// <param name="stride">Floats of a padded row.</param>
    /// <param name="work">Scratch.</param>
    /// <param name="x">Where it starts and ends, padded.</param>
    public static void Improve(float* gram, float extra, float* rows, int n, int factors, int stride, AlsWorkspace work, float* x)
    {
        var predictions = work.PredictionsFor(n);
        for (var i = 0; i < n; i++)
            predictions[i] = RowMath.Dot(rows + (long)i * stride, x, stride);
        for (var from = 0; from < factors; from += Width)
        {
            var width = Math.Min(Width, factors - from);
            var step = work.Vector.AsSpan(0, width);
            fixed (float* right = step, matrix = work.Matrix)
            {
                for (var r = 0; r < width; r++)
                {
                    var row = gram + (long)(from + r) * stride;
                    RowMath.SetScaled(row + from, 1f, matrix + r * width, width);
                    matrix[r * width + r] += extra;
                    right[r] = -RowMath.Dot(row, x, stride) - extra * x[from + r];
                }

                AddRows(rows + from, n, stride, width, work, predictions, matrix, right);
                UpperCholesky.Factor(work.Matrix.AsSpan(0, width * width), width);
                UpperCholesky.Solve(work.Matrix.AsSpan(0, width * width), width, step);
                RowMath.Add(right, 1f, x + from, width);
                for (var i = 0; i < n; i++)
                    predictions[i] += RowMath.Dot(rows + (long)i * stride + from, right, width);
            }
        }
    }

    /// <summary>What the row's own entries add to matrix and right side of a block.</summary>
    private static void AddRows(float* rows, int n, int stride, int width, AlsWorkspace work, float[] predictions, float* matrix, float* right)
    {
        fixed (float* packed = work.Gathered)
            for (var from = 0; from < n; from += AlsWorkspace.Depth)
            {
                var depth = Math.Min(AlsWorkspace.Depth, n - from);
                for (var d = 0; d < depth; d++)
                {
                    var confidence = work.Strengths[from + d];
                    var row = rows + (long)(from + d) * stride;
                    RowMath.Add(row, 1f + confidence - confidence * predictions[from + d], right, width);
                    RowMath.SetScaled(row, MathF.Sqrt(confidence), packed + (long)d * width, width);
                }

                DenseKernel.Accumulate(packed, width, packed, width, depth, matrix, width, width, width, upper: true);
            }
    }
}
