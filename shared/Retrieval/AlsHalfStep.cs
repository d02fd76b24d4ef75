using System.Numerics.Tensors;
using Splitrail.Retrieval.Vectors;

namespace Splitrail.Retrieval;

/// <summary>
/// The half-step of implicit ALS (Hu, Koren and Volinsky 2008): with Y (count x K) fixed, the vector x that minimises
/// sum over all j of c_j (p_j - x.y_j)^2 + lambda |x|^2, where c = 1 + alpha r and p = 1 for observed j, c = 1 and p = 0 otherwise.
/// Training runs it for every row, serving for one user. Short rows are solved in n x n by the push-through identity
/// (P + Y'DY)^-1 Y' = P^-1 Y' (I + D Y P^-1 Y')^-1 over a table of P^-1 y, exact and far below the cost of a K x K system.
/// </summary>
public sealed unsafe class AlsHalfStep
{
    /// <summary>As the common implementations take.</summary>
    private const int GradientSteps = 3;

    /// <summary>Rows lie anywhere: so many before its turn each is asked for.</summary>
    private const int Ahead = 6;

    private readonly float[] _fixed;
    private readonly float[] _gram;
    private readonly float[] _symmetric;
    private readonly float[]? _table;
    private readonly float _alpha;
    private readonly float _regularisation;
    private readonly float _scaling;

    /// <param name="fixedFactors">Y, by row.</param>
    /// <param name="factors">K.</param>
    /// <param name="regularisation">lambda.</param>
    /// <param name="alpha">alpha.</param>
    /// <param name="shortRows">How many rows of at most half as many entries as factors will be solved: decides whether the table pays.</param>
    /// <param name="frequencyScaling">See <see cref="Models.AlsModel.FrequencyScaling"/>.</param>
    public AlsHalfStep(float[] fixedFactors, int factors, float regularisation, float alpha, long shortRows, float frequencyScaling = 0f)
    {
        _fixed = fixedFactors;
        _alpha = alpha;
        (_regularisation, _scaling) = (regularisation, frequencyScaling);
        Factors = factors;
        _gram = Gram(fixedFactors, factors);
        for (var k = 0; k < factors; k++)
            _gram[k * factors + k] += regularisation;
        _symmetric = Symmetric();
        Count = fixedFactors.Length / factors;
        // The table is of one regularisation, which rows that are scaled do not share.
        if (frequencyScaling == 0 && Count * 6L < shortRows * factors)
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

    /// <summary>
    /// Takes one row some steps of conjugate gradients nearer to its solution, from where <paramref name="x"/> is: training passes by each row
    /// again and again, so that no pass has to end the work.
    /// </summary>
    public void Approach(ReadOnlySpan<int> items, ReadOnlySpan<float> strengths, AlsWorkspace work, Span<float> x) =>
        Step(items, strengths, work, x, blocks: false);

    /// <summary>The same by one pass over blocks of factors: <see cref="AlsBlocks"/>.</summary>
    public void Improve(ReadOnlySpan<int> items, ReadOnlySpan<float> strengths, AlsWorkspace work, Span<float> x) =>
        Step(items, strengths, work, x, blocks: true);

    private void Step(ReadOnlySpan<int> items, ReadOnlySpan<float> strengths, AlsWorkspace work, Span<float> x, bool blocks)
    {
        var n = work.Take(items, strengths);
        if (n == 0)
        {
            x.Clear();
            return;
        }

        var stride = FloatRows.Padded(Factors);
        var rows = work.RowsFor(n, stride);
        x.CopyTo(work.Padded);
        fixed (float* gram = _symmetric, gathered = rows, confidence = work.Strengths, at = work.Padded, scratch = work.Steps, given = _fixed)
        {
            for (var i = 0; i < n; i++)
            {
                if (i + Ahead < n)
                    RowMath.Prefetch(given + (long)work.Items[i + Ahead] * Factors, Factors);
                confidence[i] *= _alpha;
                RowMath.SetScaled(given + (long)work.Items[i] * Factors, 1f, gathered + (long)i * stride, Factors);
            }

            if (blocks)
                AlsBlocks.Improve(gram, Extra(n), gathered, n, Factors, stride, work, at);
            else
                AlsGradients.Approach(gram, Extra(n), gathered, confidence, n, stride, GradientSteps, at, scratch);
        }

        work.Padded.AsSpan(0, Factors).CopyTo(x);
    }

    /// <summary>What a row of n entries is regularised by beyond lambda: lambda ((1 + alpha n / count)^nu - 1).</summary>
    private float Extra(int n) => _scaling == 0 ? 0f : _regularisation * (MathF.Pow(1 + _alpha * n / Count, _scaling) - 1);

    /// <summary>The Gram matrix with both triangles, rows padded.</summary>
    private float[] Symmetric()
    {
        var stride = FloatRows.Padded(Factors);
        var whole = new float[stride * stride];
        for (var row = 0; row < Factors; row++)
            for (var column = row; column < Factors; column++)
                whole[row * stride + column] = whole[column * stride + row] = _gram[row * Factors + column];
        return whole;
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
        fixed (float* c = matrix, gathered = work.Gathered, right = x, given = _fixed)
            for (var from = 0; from < n; from += AlsWorkspace.Depth)
            {
                var depth = Math.Min(AlsWorkspace.Depth, n - from);
                for (var d = 0; d < depth; d++)
                {
                    var confidence = _alpha * work.Strengths[from + d];
                    if (from + d + Ahead < n)
                        RowMath.Prefetch(given + (long)work.Items[from + d + Ahead] * k, k);
                    var row = given + (long)work.Items[from + d] * k;
                    RowMath.Add(row, 1f + confidence, right, k);
                    RowMath.SetScaled(row, MathF.Sqrt(confidence), gathered + (long)d * k, k);
                }

                DenseKernel.Accumulate(gathered, k, gathered, k, depth, c, k, k, k, upper: true);
            }

        var extra = Extra(n);
        for (var d = 0; extra != 0 && d < k; d++)
            matrix[d * k + d] += extra;
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
