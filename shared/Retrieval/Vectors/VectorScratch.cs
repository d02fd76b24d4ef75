namespace Splitrail.Retrieval.Vectors;

/// <summary>What one query works on, reused between queries by one thread at a time; it grows to the widest query and the most probes it has seen.</summary>
public sealed class VectorScratch
{
    internal BestRows Best { get; } = new();

    internal CentreTable.ListScratch Lists { get; } = new();

    internal QueryTerms Query { get; } = new();

    internal int[] Probes { get; private set; } = [];

    /// <summary>Rows whose floats the last query read: what of the rows its bounds could not leave out.</summary>
    public int Rescored { get; internal set; }

    /// <summary>Rows whose low halves the last query read.</summary>
    public int Refined { get; internal set; }

    /// <summary>Takes a query for <see cref="Score"/>.</summary>
    internal void Take(ReadOnlySpan<float> query) => Query.Take(query, query.Length);

    /// <summary>The query's score of one row, as a search has it.</summary>
    internal unsafe float Score(FloatRows rows, int row)
    {
        var score = RowDot.Of(Query.Floats, rows.Row(row), Query.Stride);
        GC.KeepAlive(rows);
        return score;
    }

    internal Span<int> ProbesFor(int count)
    {
        if (Probes.Length < count)
            Probes = new int[count];
        return Probes.AsSpan(0, count);
    }
}
