using System.Numerics.Tensors;

namespace Splitrail.Retrieval.Vectors;

/// <summary>The centre nearest to each row by squared distance, which is the one of the largest x.c - |c|^2 / 2: one product of matrices, by tiles that stay in the cache.</summary>
internal sealed unsafe class NearestCentres
{
    private const int TileRows = 64;
    private const int TileCentres = 256;
    private readonly FloatRows _rows;
    private readonly FloatRows _centres;
    private readonly VectorBuffer<float> _byDimension;
    private readonly float[] _halfSquares;
    private readonly int _padded;

    public NearestCentres(FloatRows rows, FloatRows centres)
    {
        (_rows, _centres) = (rows, centres);
        _padded = (centres.Count + TileCentres - 1) / TileCentres * TileCentres;
        _byDimension = new VectorBuffer<float>((long)rows.Width * _padded);
        _halfSquares = new float[_padded];
        Array.Fill(_halfSquares, float.PositiveInfinity);
        for (var c = 0; c < centres.Count; c++)
        {
            var centre = centres[c];
            for (var d = 0; d < centre.Length; d++)
                _byDimension.Pointer[(long)d * _padded + c] = centre[d];
            _halfSquares[c] = TensorPrimitives.SumOfSquares(centre) / 2;
        }
    }

    /// <param name="of">Rows asked about.</param>
    /// <param name="nearest">Gets a centre for each.</param>
    /// <param name="threads">At most so many.</param>
    /// <param name="cancellation">Ends the work.</param>
    public void Assign(ReadOnlyMemory<int> of, int[] nearest, int threads, CancellationToken cancellation)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        Parallel.For(0, (of.Length + TileRows - 1) / TileRows, options, () => new Scratch(_rows.Width), (tile, _, scratch) =>
        {
            var from = tile * TileRows;
            Tile(of.Span.Slice(from, Math.Min(TileRows, of.Length - from)), nearest.AsSpan(from), scratch);
            return scratch;
        }, static _ => { });
        GC.KeepAlive(this);
    }

    private void Tile(ReadOnlySpan<int> rows, Span<int> nearest, Scratch scratch)
    {
        for (var r = 0; r < rows.Length; r++)
        {
            var row = _rows[rows[r]];
            for (var d = 0; d < row.Length; d++)
                scratch.Rows[d * TileRows + r] = row[d];
        }

        scratch.Best.AsSpan().Fill(float.NegativeInfinity);
        fixed (float* points = scratch.Rows, scores = scratch.Scores)
            for (var from = 0; from < _padded; from += TileCentres)
            {
                scratch.Scores.AsSpan().Clear();
                DenseKernel.Accumulate(points, TileRows, _byDimension.Pointer + from, _padded, _rows.Width, scores, TileCentres, TileRows, TileCentres);
                for (var r = 0; r < rows.Length; r++)
                    Keep(scratch.Scores.AsSpan(r * TileCentres, TileCentres), from, ref scratch.Best[r], ref nearest[r]);
            }
    }

    private void Keep(Span<float> scores, int from, ref float best, ref int nearest)
    {
        TensorPrimitives.Subtract(scores, _halfSquares.AsSpan(from, TileCentres), scores);
        var at = TensorPrimitives.IndexOfMax(scores);
        if (scores[at] > best)
            (best, nearest) = (scores[at], from + at);
    }

    private sealed class Scratch(int width)
    {
        public readonly float[] Rows = new float[width * TileRows];
        public readonly float[] Scores = new float[TileRows * TileCentres];
        public readonly float[] Best = new float[TileRows];
    }
}
