using Splitrail.CandidateSvc.Embeddings;
using Splitrail.CandidateSvc.Search.Querying;
using Splitrail.Contracts;
using Splitrail.Retrieval.Vectors;

namespace Splitrail.CandidateSvc.Search.Vectors;

/// <summary>Imported embeddings as the content of items: they take the place of <see cref="TextSpace"/> when there are some.</summary>
internal sealed class EmbeddedItems(SearchView view, EmbeddingSpace embeddings, ItemFilters filters) : IContentSpace
{
    public int Width => embeddings.Width;

    public ReadOnlySpan<float> VectorAt(int at) => embeddings.VectorOf(view.ItemAt(at).ItemId);

    public int Near(ReadOnlySpan<float> vector, SearchScratch scratch, Span<Neighbour> best)
    {
        var found = 0;
        foreach (var item in embeddings.Near(vector, best.Length, filters))
        {
            if (view.Find(item.ItemId) is >= 0 and var at && scratch.IsAllowed(at))
                best[found++] = new Neighbour(at, item.Score);
        }

        return found;
    }
}
