using Splitrail.Retrieval.Vectors;

namespace Splitrail.Benchmarks.Ann;

/// <summary>What it is all measured against: every row scored in floats with the widest registers there are, the best ten kept.</summary>
internal static unsafe class FloatScan
{
    public static void Search(FloatRows rows, ReadOnlySpan<float> query, Neighbour[] best)
    {
        var padded = stackalloc float[rows.Stride];
        query.CopyTo(new Span<float>(padded, rows.Stride));
        var heap = new BestRows();
        heap.Begin(best.Length);
        for (var row = 0; row < rows.Count; row++)
        {
            var score = RowDot.Of(padded, rows.Row(row), rows.Stride);
            if (score >= heap.Floor)
                heap.Offer(score, row);
        }

        heap.Take(best);
        GC.KeepAlive(rows);
    }
}
