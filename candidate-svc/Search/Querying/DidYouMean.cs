using System.Text;

namespace Splitrail.CandidateSvc.Search.Querying;

/// <summary>The query with the words that the best item has in the place of those that were typed.</summary>
internal static class DidYouMean
{
    /// <returns>Null when the best item has the words as they were typed, completed or in other forms.</returns>
    public static string? Of(SearchView view, SearchScratch scratch)
    {
        if (scratch.Hits.Count == 0)
            return null;
        var (words, plan, best) = (scratch.Words, scratch.Plan, scratch.Hits[0].At);
        StringBuilder? text = null;
        for (var slot = 0; slot < plan.Slots.Count; slot++)
        {
            if (Filling(view, plan, plan.Slots[slot], best) is not { Instead: not PlanAlternative.AsTyped } other)
                continue;
            text ??= new StringBuilder();
            // Words before this one that stand as they are, and those of no slot.
            Append(text, words, WordAfter(plan, slot, view, best), plan.Slots[slot].Word);
            Append(text, Respellings.TextOf(view, other.Instead));
            if (other.Then != PlanAlternative.AsTyped)
                Append(text, Respellings.TextOf(view, other.Then));
        }

        if (text is null)
            return null;
        Append(text, words, WordAfter(plan, plan.Slots.Count, view, best), words.Count);
        return text.ToString();
    }

    /// <summary>The first word behind the last corrected slot before this one.</summary>
    private static int WordAfter(QueryPlan plan, int slot, SearchView view, int best)
    {
        for (var before = slot - 1; before >= 0; before--)
        {
            if (Filling(view, plan, plan.Slots[before], best) is { Instead: not PlanAlternative.AsTyped })
                return plan.Slots[before].Word + plan.Slots[before].Words;
        }

        return 0;
    }

    private static void Append(StringBuilder text, QueryWords words, int from, int to)
    {
        for (var word = from; word < to; word++)
            Append(text, words[words[word].Typed].ToString());
    }

    private static void Append(StringBuilder text, string word)
    {
        if (text.Length > 0)
            text.Append(' ');
        text.Append(word);
    }

    /// <summary>What of a slot the item has; the heaviest.</summary>
    private static PlanAlternative? Filling(SearchView view, QueryPlan plan, PlanSlot slot, int at)
    {
        PlanAlternative? filling = null;
        for (var a = slot.First; a < slot.First + slot.Count; a++)
        {
            var alternative = plan.Alternatives[a];
            if (alternative.Weight > (filling?.Weight ?? 0) && HasAll(view, plan, alternative, at))
                filling = alternative;
        }

        return filling;
    }

    private static bool HasAll(SearchView view, QueryPlan plan, PlanAlternative alternative, int at)
    {
        for (var t = alternative.First; t < alternative.First + alternative.Terms; t++)
        {
            var (segment, term, item) = at < view.RecentFrom
                ? (view.Main, plan.Terms[t].Main, at)
                : (view.Recent, plan.Terms[t].Recent, at - view.RecentFrom);
            if (term < 0 || segment.Postings.ImpactOf(term, item) <= 0)
                return false;
        }

        return true;
    }
}
