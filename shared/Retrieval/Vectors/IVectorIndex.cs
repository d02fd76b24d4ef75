namespace Splitrail.Retrieval.Vectors;

/// <summary>Finds the vectors of the largest inner product with a query. Immutable and safe for concurrent queries, each with its own scratch.</summary>
public interface IVectorIndex
{
    /// <summary>The vectors; row numbers are theirs.</summary>
    FloatRows Rows { get; }

    /// <summary>Bytes that stay in memory; floats mapped from a file are not among them.</summary>
    long ResidentBytes { get; }

    /// <summary>
    /// Fills <paramref name="best"/> with at most its length of rows, best first, ties by row, and answers how many. Allocates nothing once the scratch
    /// has grown.
    /// </summary>
    /// <param name="query">As wide as the rows.</param>
    /// <param name="allowed">What the query may find; null for all. Its count is that of the rows.</param>
    /// <param name="best">Gets the rows.</param>
    /// <param name="scratch">Used by this query alone.</param>
    /// <exception cref="ArgumentException">The query has another width or a number that is not finite, or the bitmap is of something else.</exception>
    int Search(ReadOnlySpan<float> query, ItemBitmap? allowed, Span<Neighbour> best, VectorScratch scratch);
}
