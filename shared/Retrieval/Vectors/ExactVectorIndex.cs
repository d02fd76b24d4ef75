namespace Splitrail.Retrieval.Vectors;

/// <summary>
/// Scans every row, and its result is exactly that of scoring every row in floats: <see cref="BlockScan"/>. The right choice up to some 150,000 rows, and
/// where filters leave few rows of many.
/// </summary>
public sealed unsafe class ExactVectorIndex : IVectorIndex
{
    private readonly QuantisedRows _quantised;
    private readonly VectorPath _path;

    internal ExactVectorIndex(FloatRows rows, QuantisedRows quantised, VectorPath path) => (Rows, _quantised, _path) = (rows, quantised, path);

    /// <param name="rows">The vectors.</param>
    /// <param name="threads">At most so many; the index does not depend on it.</param>
    /// <param name="path">Instructions; null takes the fastest. The result does not depend on it.</param>
    public static ExactVectorIndex Build(FloatRows rows, int threads, VectorPath? path = null) =>
        new(rows, Quantiser.InOrder(rows, threads), path ?? VectorPaths.Best);

    public FloatRows Rows { get; }

    public long ResidentBytes => _quantised.ResidentBytes + Rows.ResidentBytes;

    internal QuantisedRows Quantised => _quantised;

    public int Search(ReadOnlySpan<float> query, ItemBitmap? allowed, Span<Neighbour> best, VectorScratch scratch)
    {
        RowMask.Check(allowed, Rows.Count);
        scratch.Query.Take(query, Rows.Width);
        if (best.IsEmpty || Rows.Count == 0)
            return 0;
        var heap = scratch.Best;
        heap.Begin(Math.Min(best.Length, Rows.Count));
        fixed (ulong* mask = RowMask.WordsOf(allowed))
        {
            var aside = stackalloc BlockScan.Aside[BlockScan.AsideRows];
            var scan = new BlockScan(_quantised, Rows, scratch.Query, heap, mask, aside);
            scan.Run(_path, 0, _quantised.Blocks);
            (scratch.Refined, scratch.Rescored) = (scan.Refined, scan.Rescored);
        }

        GC.KeepAlive(this);
        return heap.Take(best);
    }
}
