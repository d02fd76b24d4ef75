using Splitrail.CandidateSvc.Serving;
using Splitrail.Contracts;
using Splitrail.Retrieval;

namespace Splitrail.CandidateSvc.Search.Querying;

/// <summary>Moves what the shopper would like up among the items that match: the candidate generator is asked for its order of just these.</summary>
internal static class PersonalOrder
{
    /// <summary>What the first of the generator's order gains, where the best match has 1.</summary>
    private const float Share = 0.3f;

    public static void Apply(SearchScratch scratch, SearchView view, SearchRequest request, ServingState state)
    {
        var (hits, count) = (scratch.Hits, Math.Min(scratch.Hits.Count, ContentOrder.Depth));
        var items = state.Bundle.Items;
        var allowed = new ItemBitmap(items.Count);
        var places = new Dictionary<int, int>(count);
        for (var h = 0; h < count; h++)
        {
            if (items.Find(view.ItemAt(hits[h].At).ItemId) is not (>= 0 and var item))
                continue;
            allowed[item] = true;
            places[item] = h;
        }

        var query = RetrievalQuery.Create(
            state.Bundle.Retrieval, request.Context ?? UserContext.Empty, request.SessionItems ?? [], request.NowMs, excludeBoughtDays: 0, allowed);
        if (query.Items.Count == 0 || places.Count == 0)
            return;
        var order = state.Generator.Generate(query, Mixes.Table.Get(Mixes.Default), count);
        for (var rank = 0; rank < order.Count; rank++)
        {
            if (places.TryGetValue(order.Items[rank], out var h))
                hits[h] = hits[h] with { Score = hits[h].Score + Share * (1 - (float)rank / order.Count) };
        }

        ContentOrder.Sort(scratch, count);
    }
}
