using Splitrail.Retrieval;

namespace Splitrail.Trainer.Training;

/// <summary>
/// Inverse of a symmetric positive definite matrix in place by the symmetric sweep operator (Beaton 1964; Goodnight 1979) over blocks: one pass
/// of n^3 / 2 multiplications, nearly all of them in one kernel, so it needs neither a factor nor triangular solves.
/// </summary>
internal static unsafe class SpdInverse
{
    public const int Block = 128;

    /// <summary>The next multiple of the block.</summary>
    public static int Padded(int n) => (n + Block - 1) / Block * Block;

    /// <param name="a">n x n by row; only the upper triangle is read, all of it is written.</param>
    /// <param name="n">A multiple of <see cref="Block"/>; pad with ones on the diagonal.</param>
    public static void Invert(float[] a, int n)
    {
        if (n % Block != 0 || a.LongLength < (long)n * n)
            throw new ArgumentException($"n is {n}: it must be a multiple of {Block} that fits the array.", nameof(n));
        var blocks = n / Block;
        var w = new float[n * Block];
        var v = new float[n * Block];
        var inverse = new float[Block * Block];
        var tiles = Enumerable.Range(0, blocks).SelectMany(i => Enumerable.Range(i, blocks - i).Select(j => (Row: i, Column: j))).ToArray();
        for (var k = 0; k < blocks; k++)
        {
            var pivot = k;
            InvertDiagonal(a, n, k, inverse);
            Parallel.For(0, blocks, j => LoadPanel(a, n, pivot, j, inverse, w, v));
            Parallel.ForEach(tiles, tile => Update(a, n, pivot, tile.Row, tile.Column, w, v));
            Parallel.For(0, blocks, j => StorePanel(a, n, pivot, j, inverse, v));
        }

        Parallel.ForEach(tiles, tile => NegateAndMirror(a, n, tile.Row, tile.Column));
    }

    /// <summary>w = row block k of the matrix at block column j, v = D w with D the inverse of the diagonal block.</summary>
    private static void LoadPanel(float[] a, int n, int k, int j, float[] inverse, float[] w, float[] v)
    {
        var panel = w.AsSpan(j * Block * Block, Block * Block);
        for (var t = 0; t < Block; t++)
        {
            if (j >= k)
                a.AsSpan((k * Block + t) * n + j * Block, Block).CopyTo(panel[(t * Block)..]);
            else
                for (var c = 0; c < Block; c++)
                    panel[t * Block + c] = a[(j * Block + c) * n + k * Block + t];
        }

        v.AsSpan(j * Block * Block, Block * Block).Clear();
        fixed (float* d = inverse, from = w, to = v)
            DenseKernel.Accumulate(d, Block, from + j * Block * Block, Block, Block, to + j * Block * Block, Block, Block, Block);
    }

    private static void Update(float[] a, int n, int k, int i, int j, float[] w, float[] v)
    {
        if (i == k || j == k)
            return;
        fixed (float* left = v, right = w, c = a)
            DenseKernel.Accumulate(
                left + i * Block * Block, Block, right + j * Block * Block, Block, Block, c + (long)i * Block * n + j * Block, n, Block, Block, -1f);
    }

    private static void StorePanel(float[] a, int n, int k, int j, float[] inverse, float[] v)
    {
        for (var t = 0; t < Block; t++)
        {
            var target = a.AsSpan((k * Block + t) * n + j * Block, Block);
            if (j > k)
                v.AsSpan((j * Block + t) * Block, Block).CopyTo(target);
            else if (j == k)
                for (var c = 0; c < Block; c++)
                    target[c] = -inverse[t * Block + c];
            else
                for (var c = 0; c < Block; c++)
                    a[(j * Block + c) * n + k * Block + t] = v[(j * Block + t) * Block + c];
        }
    }

    private static void NegateAndMirror(float[] a, int n, int row, int column)
    {
        for (var i = row * Block; i < (row + 1) * Block; i++)
            for (var j = Math.Max(i, column * Block); j < (column + 1) * Block; j++)
                a[j * n + i] = a[i * n + j] = -a[i * n + j];
    }

    /// <summary>Gauss-Jordan in double: the block is small, and its error would spread over everything.</summary>
    private static void InvertDiagonal(float[] a, int n, int k, float[] inverse)
    {
        var d = new double[Block * Block];
        for (var i = 0; i < Block; i++)
            for (var j = i; j < Block; j++)
                d[i * Block + j] = d[j * Block + i] = a[(k * Block + i) * n + k * Block + j];
        for (var p = 0; p < Block; p++)
        {
            var pivot = d[p * Block + p];
            if (!(pivot > 0))
                throw new ArithmeticException($"Pivot {k * Block + p} is {pivot}: the matrix is not positive definite.");
            d[p * Block + p] = 1;
            var mine = d.AsSpan(p * Block, Block);
            for (var c = 0; c < Block; c++)
                mine[c] /= pivot;
            for (var i = 0; i < Block; i++)
                if (i != p)
                    Eliminate(d.AsSpan(i * Block, Block), mine, p);
        }

        for (var i = 0; i < d.Length; i++)
            inverse[i] = (float)d[i];
    }

    private static void Eliminate(Span<double> row, ReadOnlySpan<double> pivotRow, int p)
    {
        var factor = row[p];
        row[p] = 0;
        System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(pivotRow, -factor, row, row);
    }
}
