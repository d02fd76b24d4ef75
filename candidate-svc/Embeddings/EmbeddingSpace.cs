using Splitrail.CandidateSvc.Filters;
using Splitrail.Contracts;
using Splitrail.Feeds;
using Splitrail.Retrieval;
using Splitrail.Retrieval.Embeddings;
using Splitrail.Retrieval.Vectors;

namespace Splitrail.CandidateSvc.Embeddings;

/// <summary>Embeddings and one version of the catalogue: who is near whom among the items that may be shown. Knows items that no model knows yet.</summary>
internal sealed class EmbeddingSpace(EmbeddingIndex embeddings, Catalog catalog)
{
    private readonly ItemFacts _facts = new(embeddings.Items, catalog);

    public int Width => embeddings.Index.Rows.Width;

    public bool IsOf(EmbeddingIndex index, Catalog shop) => embeddings == index && catalog == shop;

    /// <summary>The items nearest to an item by cosine, best first, only those above 0; nothing for an item without an embedding.</summary>
    public IReadOnlyList<ScoredItem> Near(string itemId, int count, ItemFilters filters)
    {
        var row = embeddings.Items.Find(itemId);
        if (row < 0 || count < 1)
            return [];
        var allowed = _facts.Allowed(filters);
        allowed[row] = false;
        return Near(embeddings.Index.Rows[row], count, allowed);
    }

    /// <summary>The same for a vector of length 1.</summary>
    public IReadOnlyList<ScoredItem> Near(ReadOnlySpan<float> vector, int count, ItemFilters filters) => Near(vector, count, _facts.Allowed(filters));

    /// <returns>Empty for an item without an embedding.</returns>
    public ReadOnlySpan<float> VectorOf(string itemId) => embeddings.Items.Find(itemId) is >= 0 and var row ? embeddings.Index.Rows[row] : [];

    private ScoredItem[] Near(ReadOnlySpan<float> vector, int count, ItemBitmap allowed)
    {
        var best = new Neighbour[Math.Min(count, embeddings.Items.Count)];
        var found = embeddings.Index.Search(vector, allowed, best, new VectorScratch());
        return [.. best.Take(found).Where(static near => near.Score > 0).Select(near => new ScoredItem(embeddings.Items[near.Row], near.Score))];
    }
}
