using System.Numerics.Tensors;

namespace Splitrail.Retrieval;

/// <summary>
/// The half-step of implicit ALS (Hu, Koren and Volinsky 2008): with Y (count x K) fixed, the vector x that minimises
/// sum over all j of c_j (p_j - x.y_j)^2 + lambda |x|^2, where c = 1 + alpha r and p = 1 for observed j, c = 1 and p = 0 otherwise.
/// Training runs it for every row, serving for one user. Short rows are solved in n x n by the push-through identity
/// (P + Y'DY)^-1 Y' = P^-1 Y' (I + D Y P^-1 Y')^-1 over a table of P^-1 y, exact and far below the cost of a K x K system.
/// </summary>
public sealed unsafe class AlsHalfStep
{
    private readonly float[] _fixed;
    private readonly float[] _gram;
    private readonly float[]? _table;
    private readonly float _alpha;

    /// <param name="fixedFactors">Y, by row.</param>
    /// <param name="factors">K.</param>
    /// <param name="regularisation">lambda.</param>
    /// <param name="alpha">alpha.</param>
    /// <param name="rows">How many rows will be solved: decides whether the table pays.</param>
    public AlsHalfStep(float[] fixedFactors, int factors, float regularisation, float alpha, long rows)
    {
        _fixed = fixedFactors;
        _alpha = alpha;
        Factors = factors;
        _gram = Gram(fixedFactors, factors);
        for (var k = 0; k < factors; k++)
            _gram[k * factors + k] += regularisation;
        Count = fixedFactors.Length / factors;
        if (Count * 6L < rows * factors)
            _table = MakeTable();
    }

    /// <summary>K.</summary>
    public int Factors { get; }

    /// <summary>Rows of Y.</summary>
    public int Count { get; }

    /// <summary>Solves one row into <paramref name="x"/> (K); strengths of 0 or less are left out.</summary>
    public void Solve(ReadOnlySpan<int> items, ReadOnlySpan<float> strengths, AlsWorkspace work, Span<float> x)
    {
        x.Clear();
        var n = work.Take(items, strengths);
        if (n == 0)
            return;
        if (_table is not null && n <= Factors / 2)
            SolveShort(work, n, x);
        else
            SolveLong(work, n, x);
    }

    private void SolveShort(AlsWorkspace work, int n, Span<float> x)
    {
        var matrix = work.Matrix.AsSpan(0, n * n);
        var t = work.Vector.AsSpan(0, n);
        for (var a = 0; a < n; a++)
        {
            var confidence = _alpha * work.Strengths[a];
            var mine = _table.AsSpan(work.Items[a] * Factors, Factors);
            for (var b = a; b < n; b++)
                matrix[a * n + b] = TensorPrimitives.Dot(mine, _fixed.AsSpan(work.Items[b] * Factors, Factors));
            matrix[a * n + a] += 1f / confidence;
            t[a] = (1f + confidence) / confidence;
        }

        UpperCholesky.Factor(matrix, n);
        UpperCholesky.Solve(matrix, n, t);
        for (var a = 0; a < n; a++)
            TensorPrimitives.MultiplyAdd(_table.AsSpan(work.Items[a] * Factors, Factors), t[a], x, x);
    }

    private void SolveLong(AlsWorkspace work, int n, Span<float> x)
    {
        var k = Factors;
        var matrix = work.Matrix.AsSpan(0, k * k);
        _gram.CopyTo(matrix);
        fixed (float* c = matrix, gathered = work.Gathered)
            for (var from = 0; from < n; from += AlsWorkspace.Depth)
            {
                var depth = Math.Min(AlsWorkspace.Depth, n - from);
                for (var d = 0; d < depth; d++)
                {
                    var confidence = _alpha * work.Strengths[from + d];
                    var row = _fixed.AsSpan(work.Items[from + d] * k, k);
                    TensorPrimitives.Multiply(row, MathF.Sqrt(confidence), work.Gathered.AsSpan(d * k, k));
                    TensorPrimitives.MultiplyAdd(row, 1f + confidence, x, x);
                }

                DenseKernel.Accumulate(gathered, k, gathered, k, depth, c, k, k, k, upper: true);
            }

        UpperCholesky.Factor(matrix, k);
        UpperCholesky.Solve(matrix, k, x);
    }

    private float[] MakeTable()
    {
        var factor = (float[])_gram.Clone();
        UpperCholesky.Factor(factor, Factors);
        var table = (float[])_fixed.Clone();
        Parallel.For(0, (Count + 255) / 256, block =>
        {
            for (var row = block * 256; row < Math.Min(Count, block * 256 + 256); row++)
                UpperCholesky.Solve(factor, Factors, table.AsSpan(row * Factors, Factors));
        });
        return table;
    }

    /// <summary>Y'Y, upper triangle; summed in a fixed order whatever the number of threads.</summary>
    private static float[] Gram(float[] rows, int k)
    {
        const int Chunk = 4096;
        var count = rows.Length / k;
        var parts = new float[(count + Chunk - 1) / Chunk][];
        Parallel.For(0, parts.Length, part =>
        {
            var sum = new float[k * k];
            var from = part * Chunk;
            fixed (float* y = rows, c = sum)
                for (var at = from; at < Math.Min(count, from + Chunk); at += 256)
                {
                    var p = y + (long)at * k;
                    DenseKernel.Accumulate(p, k, p, k, Math.Min(256, Math.Min(count, from + Chunk) - at), c, k, k, k, upper: true);
                }

            parts[part] = sum;
        });
        var gram = new float[k * k];
        foreach (var part in parts)
            TensorPrimitives.Add(gram, part, gram);
        return gram;
    }
}
