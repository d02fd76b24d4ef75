using Splitrail.CandidateSvc.Search.Querying;
using Splitrail.CandidateSvc.Search.Vectors;
using Splitrail.Contracts;
using Splitrail.Retrieval.Vectors;

namespace Splitrail.CandidateSvc.Search;

/// <summary>Items whose texts are like an item's: content neighbours without any training, of an item that came a second ago too.</summary>
internal sealed class AlikeItems(ServingSearch search, Searcher searcher)
{
    /// <summary>Cosines below it are the projection's own error (about 1/√128, three times over).</summary>
    private const float LeastCosine = 0.27f;

    /// <summary>Best first; nothing while there is no index, or for an item that is not in it.</summary>
    public IReadOnlyList<ScoredItem> To(string itemId, int count, ItemFilters filters) =>
        search.Current is { } view ? searcher.With(view, filters, scratch => To(view, itemId, count, scratch)) : [];

    private static ScoredItem[] To(SearchView view, string itemId, int count, SearchScratch scratch)
    {
        var at = view.Find(itemId);
        if (at < 0)
            return [];
        scratch.Shown[at >> 6] &= ~(1UL << (at & 63));
        var best = new Neighbour[2 * count];
        var found = new TextSpace(view).Near(view.VectorAt(at), scratch, best);
        return
        [
            .. best.Take(Math.Min(found, count)).TakeWhile(static near => near.Score >= LeastCosine)
                .Select(near => new ScoredItem(view.ItemAt(near.Row).ItemId, near.Score)),
        ];
    }
}
