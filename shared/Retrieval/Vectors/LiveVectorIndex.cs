namespace Splitrail.Retrieval.Vectors;

/// <summary>
/// An index in service: rows can be taken out at once, and a new index is built beside the queries and swapped in between two of them. Queries take no
/// lock; one that began on the old index ends on it.
/// </summary>
public sealed class LiveVectorIndex
{
    private readonly Lock _swap = new();
    private volatile Generation _current;

    public LiveVectorIndex(IVectorIndex index) => _current = new Generation(index, 1);

    public IVectorIndex Index => _current.Index;

    /// <summary>Counts the swaps, from 1.</summary>
    public int Version => _current.Version;

    /// <summary>Rows that can be found.</summary>
    public int Count => _current.Live.CountSet();

    /// <summary>As <see cref="IVectorIndex.Search"/> does, without the rows that were taken out; row numbers are those of the index with that version.</summary>
    public int Search(ReadOnlySpan<float> query, ItemBitmap? allowed, Span<Neighbour> best, VectorScratch scratch, out int version)
    {
        var current = _current;
        version = current.Version;
        return current.Index.Search(query, allowed, current.Live, best, scratch);
    }

    /// <summary>Takes a row out: no query that begins afterwards finds it. False when it was out already, or the version is not in service any more.</summary>
    public bool Remove(int row, int version)
    {
        var current = _current;
        return current.Version == version && current.Live.ClearAtomic(row);
    }

    /// <summary>Puts a row back that was taken out.</summary>
    public bool Restore(int row, int version)
    {
        var current = _current;
        return current.Version == version && current.Live.SetAtomic(row);
    }

    /// <summary>Swaps an index in, with all of its rows; answers its version.</summary>
    public int Swap(IVectorIndex index)
    {
        lock (_swap)
        {
            var next = new Generation(index, _current.Version + 1);
            _current = next;
            return next.Version;
        }
    }

    /// <summary>Builds beside the queries, on threads of the pool, and swaps in what was built. When it fails or is cancelled the old index stays.</summary>
    public Task<int> RebuildAsync(FloatRows rows, VectorIndexOptions options, CancellationToken cancellation) =>
        Task.Run(() => Swap(VectorIndexes.Build(rows, options, cancellation)), cancellation);

    private sealed record Generation(IVectorIndex Index, int Version)
    {
        public ItemBitmap Live { get; } = ItemBitmap.All(Index.Rows.Count);
    }
}
