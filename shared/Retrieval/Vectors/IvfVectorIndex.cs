namespace Splitrail.Retrieval.Vectors;

/// <summary>
/// Inverted lists (Jégou, Douze and Schmid 2011): rows are kept by the nearest of some thousand centres, and a query looks only through the lists whose
/// centres it likes best. What it looks through it scans as <see cref="ExactVectorIndex"/> does, so the only rows missed are those of lists not probed.
/// A filter that leaves a share of the rows widens the search by as much; one that leaves hardly any is answered exactly.
/// </summary>
public sealed unsafe class IvfVectorIndex : IVectorIndex
{
    /// <summary>
    /// A row's error lies in no direction that the query would know of, so along the query it is normal with |error| / sqrt(width); four of these miss one
    /// true neighbour in thirty thousand, which is nothing beside what unprobed lists miss, and leave far fewer rows to look at closely than certainty does.
    /// </summary>
    private const float Deviations = 4f;

    private readonly CentreTable _centres;
    private readonly QuantisedRows _quantised;
    private readonly VectorBuffer<int> _starts;
    private readonly int _probes;
    private readonly float _share;
    private readonly VectorPath _path;

    internal IvfVectorIndex(FloatRows rows, CentreTable centres, QuantisedRows quantised, VectorBuffer<int> starts, int probes, VectorPath path) =>
        (Rows, _centres, _quantised, _starts, _probes, _path, _share) =
            (rows, centres, quantised, starts, probes, path, Math.Min(1f, Deviations / MathF.Sqrt(rows.Width)));

    public FloatRows Rows { get; }

    public int Lists => _centres.Centres.Count;

    /// <summary>Lists looked at for a query without a filter.</summary>
    public int Probes => _probes;

    public long ResidentBytes => _quantised.ResidentBytes + _centres.ResidentBytes + _starts.Bytes + Rows.ResidentBytes;

    internal CentreTable Centres => _centres;

    internal QuantisedRows Quantised => _quantised;

    /// <summary>First block of each list, and the end.</summary>
    internal VectorBuffer<int> Starts => _starts;

    /// <summary>The same index, looking at so many lists.</summary>
    internal IvfVectorIndex With(int probes) => new(Rows, _centres, _quantised, _starts, probes, _path);

    public int Search(ReadOnlySpan<float> query, ItemBitmap? allowed, Span<Neighbour> best, VectorScratch scratch) =>
        Search(query, allowed, best, scratch, _probes);

    /// <summary>The same with so many lists instead of <see cref="Probes"/>, before a filter widens it.</summary>
    internal int Search(ReadOnlySpan<float> query, ItemBitmap? allowed, Span<Neighbour> best, VectorScratch scratch, int probes)
    {
        RowMask.Check(allowed, Rows.Count);
        scratch.Query.Take(query, Rows.Width);
        if (best.IsEmpty || Rows.Count == 0)
            return 0;
        var wide = Widened(probes, allowed?.CountSet() ?? Rows.Count, best.Length);
        var lists = scratch.ProbesFor(wide);
        if (wide == Lists)
            for (var list = 0; list < wide; list++)
                lists[list] = list;
        else
            _centres.Best(scratch.Query, _path, scratch.Lists, lists);
        var heap = scratch.Best;
        heap.Begin(Math.Min(best.Length, Rows.Count));
        fixed (ulong* mask = RowMask.WordsOf(allowed))
        {
            var aside = stackalloc BlockScan.Aside[BlockScan.AsideRows];
            var scan = new BlockScan(_quantised, Rows, scratch.Query, heap, mask, aside, _share);
            foreach (var list in lists)
                scan.Run(_path, _starts.Pointer[list], _starts.Pointer[list + 1]);
            (scratch.Refined, scratch.Rescored) = (scan.Refined, scan.Rescored);
        }

        GC.KeepAlive(this);
        return heap.Take(best);
    }

    /// <summary>
    /// As many more lists as the filter leaves fewer rows in each, and enough for a long result: four times the rows it asks for.
    /// </summary>
    private int Widened(int probes, int left, int wanted)
    {
        if (left == 0)
            return 0;
        var enough = Math.Max(probes, 4.0 * wanted / Rows.Count * Lists);
        return (int)Math.Min(Lists, Math.Ceiling(enough * Rows.Count / left));
    }
}
