using Splitrail.Contracts;
using Splitrail.Gateway.Lists;

namespace Splitrail.Gateway.Recommendations;

/// <summary>Makes ranked lists of the stages' answers.</summary>
internal static class RankedLists
{
    /// <summary>The candidates in their own order.</summary>
    public static RankedList Of(CandidateResponse candidates)
    {
        var items = new RankedItem[candidates.Items.Count];
        for (var i = 0; i < items.Length; i++)
        {
            var candidate = candidates.Items[i];
            items[i] = new RankedItem(candidate.ItemId, candidate.Score, candidate.Sources, candidate.Signals);
        }

        return new RankedList(candidates.ModelVersion, candidates.Signals, items, items.Length);
    }

    /// <summary>The ranker's order, with the sources and signals of the candidates. An item the ranker made up is left out.</summary>
    public static RankedList Of(CandidateResponse candidates, RankResponse ranked)
    {
        var byId = new Dictionary<string, Candidate>(candidates.Items.Count, StringComparer.Ordinal);
        foreach (var candidate in candidates.Items)
            byId[candidate.ItemId] = candidate;
        var items = new List<RankedItem>(ranked.Items.Count);
        foreach (var item in ranked.Items)
        {
            if (byId.TryGetValue(item.ItemId, out var candidate))
                items.Add(new RankedItem(item.ItemId, item.Score, candidate.Sources, candidate.Signals));
        }

        return new RankedList(ranked.ModelVersion ?? candidates.ModelVersion, candidates.Signals, items, candidates.Items.Count);
    }

    /// <summary>A plain list that one source made.</summary>
    public static RankedList Of(ScoredItemsResponse scored, IReadOnlyList<string> sources)
    {
        var items = new RankedItem[scored.Items.Count];
        for (var i = 0; i < items.Length; i++)
            items[i] = new RankedItem(scored.Items[i].ItemId, scored.Items[i].Score, sources);
        return new RankedList(scored.ModelVersion, [], items, items.Length);
    }
}
