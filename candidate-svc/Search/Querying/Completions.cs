using Splitrail.CandidateSvc.Search.Indexing;

namespace Splitrail.CandidateSvc.Search.Querying;

/// <summary>Words that what was typed is the beginning of: the most common ones.</summary>
internal static class Completions
{
    public static void Add(SearchView view, SearchScratch scratch, ReadOnlySpan<char> typed, int first, int most)
    {
        var plan = scratch.Plan;
        var from = plan.Alternatives.Count;
        Add(view, view.Main, scratch, typed, first, most);
        Add(view, view.Recent, scratch, typed, first, most);
        AlikeInRarity(view, plan, from);
    }

    private static void Add(SearchView view, SearchSegment segment, SearchScratch scratch, ReadOnlySpan<char> typed, int first, int most)
    {
        var (from, to) = segment.Words.RangeOf(typed);
        var (plan, best) = (scratch.Plan, scratch.Completions);
        best.Begin(most);
        for (var word = from; word < to; word++)
            best.Offer(segment.Words.CountOf(word), word);
        foreach (var (_, word) in best.Take())
        {
            var length = segment.Words.Words[word].Length;
            if (length == typed.Length)
                continue;
            var term = TermLookup.KeyOf(view, segment, word);
            if (plan.Has(first, term))
                continue;
            plan.Terms.Add(term);
            plan.Alternatives.Add(new PlanAlternative(plan.Terms.Count - 1, 1, MatchWeights.Completion(typed.Length, length)));
        }
    }

    /// <summary>
    /// All completions count as much as the most common of them: a word does not come first because hardly any item has it. So do all corrections.
    /// </summary>
    public static void AlikeInRarity(SearchView view, QueryPlan plan, int from)
    {
        var most = 0;
        for (var a = from; a < plan.Alternatives.Count; a++)
            most = Math.Max(most, plan.Terms[plan.Alternatives[a].First].Having);
        for (var a = from; a < plan.Alternatives.Count; a++)
            plan.Terms[plan.Alternatives[a].First] = plan.Terms[plan.Alternatives[a].First] with { Rarity = TermLookup.Rarity(view, most) };
    }
}
