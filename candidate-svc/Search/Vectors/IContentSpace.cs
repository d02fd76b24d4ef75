using Splitrail.CandidateSvc.Search.Querying;
using Splitrail.Retrieval.Vectors;

namespace Splitrail.CandidateSvc.Search.Vectors;

/// <summary>Vectors of items by position in a <see cref="SearchView"/>, all of length 1.</summary>
internal interface IContentSpace
{
    int Width { get; }

    /// <returns>Empty, or all zeros, for an item of which nothing is known.</returns>
    ReadOnlySpan<float> VectorAt(int at);

    /// <summary>The allowed items (by the scratch's masks) nearest to a vector, best first; rows are positions in the view. At least half as many as asked for, if there are.</summary>
    int Near(ReadOnlySpan<float> vector, SearchScratch scratch, Span<Neighbour> best);
}
