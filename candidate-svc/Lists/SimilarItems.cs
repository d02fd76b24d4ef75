using Splitrail.CandidateSvc.Search;
using Splitrail.CandidateSvc.Serving;
using Splitrail.Contracts;
using Splitrail.Retrieval;

namespace Splitrail.CandidateSvc.Lists;

/// <summary>
/// What goes with an item: its row of the item-to-item model. An item that no model knows yet, or whose row is too short, is filled up with
/// items of near embeddings, when there are some, then of similar texts.
/// </summary>
internal static class SimilarItems
{
    /// <returns>Null when neither model nor catalogue know the item.</returns>
    public static IReadOnlyList<ScoredItem>? To(ServingState state, AlikeItems alike, string itemId, int count, ItemFilters filters, CandidateMetrics metrics)
    {
        var item = state.Bundle.Items.Find(itemId);
        var shown = state.Catalog.Find(itemId);
        if (item < 0 && shown is null)
            return null;
        var similar = item < 0 ? [] : ByModel(state, item, count, filters);
        if (similar.Count < count)
            FillByEmbeddings(state, itemId, count, filters, similar, metrics);
        if (similar.Count >= count || shown is null)
            return similar;
        metrics.Fallback("content_similar");
        Append(similar, itemId, alike.To(itemId, count + similar.Count, filters), count);
        return similar;
    }

    private static List<ScoredItem> ByModel(ServingState state, int item, int count, ItemFilters filters)
    {
        var model = state.Bundle.Retrieval;
        var scores = new float[model.Items.Count];
        model.ItemToItem.AddRow(item, 1f, scores);
        var allowed = state.Facts.Allowed(filters);
        allowed[item] = false;
        var best = new int[Math.Min(count, scores.Length)];
        var found = TopSelection.Select(scores, allowed, best, above: 0f);
        return [.. best.Take(found).Select(other => new ScoredItem(model.Items[other], scores[other]))];
    }

    private static void FillByEmbeddings(ServingState state, string itemId, int count, ItemFilters filters, List<ScoredItem> similar, CandidateMetrics metrics)
    {
        var near = state.Embeddings?.Near(itemId, count + similar.Count, filters) ?? [];
        if (near.Count == 0)
            return;
        metrics.Fallback("embedding_similar");
        Append(similar, itemId, near, count);
    }

    /// <summary>Adds what is not there yet; the scores continue below those that are, which are of another kind.</summary>
    private static void Append(List<ScoredItem> similar, string itemId, IReadOnlyList<ScoredItem> more, int count)
    {
        var have = similar.Select(static item => item.ItemId).Append(itemId).ToHashSet(StringComparer.Ordinal);
        var floor = similar.Count > 0 ? similar[^1].Score : 1f;
        var added = more.Where(item => !have.Contains(item.ItemId)).Take(count - similar.Count).ToArray();
        foreach (var item in added)
            similar.Add(item with { Score = floor * 0.99f * item.Score / added[0].Score });
    }
}
