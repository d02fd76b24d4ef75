using Splitrail.CandidateSvc.Search.Indexing;

namespace Splitrail.CandidateSvc.Search.Querying;

/// <summary>
/// Scores the shown items that have any of a plan's terms, a term after the other. A slot is worth its best alternative, not their sum: "mug" is not better for
/// "mug mugs".
/// </summary>
internal static class Scorer
{
    /// <returns>The most slots that any allowed item fills.</returns>
    public static int Score(SearchView view, SearchScratch scratch)
    {
        scratch.BeginRound();
        var plan = scratch.Plan;
        for (var slot = 0; slot < plan.Slots.Count; slot++)
        {
            var (mark, fills) = (scratch.FirstMark + slot, plan.Slots[slot].IsOptional ? 0 : 1);
            for (var a = plan.Slots[slot].First; a < plan.Slots[slot].First + plan.Slots[slot].Count; a++)
            {
                var alternative = plan.Alternatives[a];
                if (alternative.Terms == 1)
                    AddTerm(view, scratch, plan.Terms[alternative.First], alternative.Weight, mark, fills);
                else
                    AddAll(view, scratch, alternative, mark, fills);
            }
        }

        var most = 0;
        foreach (var at in scratch.Touched)
        {
            var filled = scratch.Cells[at].Filled;
            scratch.MostFilled = Math.Max(scratch.MostFilled, filled);
            if (filled > most && scratch.IsAllowed(at))
                most = filled;
        }

        return most;
    }

    private static void AddTerm(SearchView view, SearchScratch scratch, PlanTerm term, float weight, int mark, int filled)
    {
        if (term.Main >= 0)
            AddList(scratch, view.Main.Postings.ItemsOf(term.Main), view.Main.Postings.ImpactsOf(term.Main), 0, weight * term.Rarity, mark, filled);
        if (term.Recent >= 0)
            AddList(scratch, view.Recent.Postings.ItemsOf(term.Recent), view.Recent.Postings.ImpactsOf(term.Recent), view.RecentFrom, weight * term.Rarity, mark, filled);
    }

    private static void AddList(SearchScratch scratch, ReadOnlySpan<int> items, ReadOnlySpan<float> impacts, int from, float weight, int mark, int filled)
    {
        var (cells, shown, firstMark) = (scratch.Cells, scratch.Shown, scratch.FirstMark);
        for (var i = 0; i < items.Length; i++)
        {
            var at = from + items[i];
            if (!SearchScratch.IsIn(shown, at))
                continue;
            ref var cell = ref cells[at];
            var score = weight * impacts[i];
            if (cell.Mark == mark)
            {
                if (score > cell.Slot)
                    (cell.Total, cell.Slot) = (cell.Total + score - cell.Slot, score);
            }
            else if (cell.Mark >= firstMark)
            {
                (cell.Mark, cell.Slot, cell.Total, cell.Filled) = (mark, score, cell.Total + score, cell.Filled + filled);
            }
            else
            {
                (cell.Mark, cell.Slot, cell.Total, cell.Filled) = (mark, score, score, filled);
                scratch.Touch(at);
            }
        }
    }

    /// <summary>Items that have every term of the alternative, in a segment that has them all.</summary>
    private static void AddAll(SearchView view, SearchScratch scratch, PlanAlternative alternative, int mark, int filled)
    {
        AddAll(view.Main, 0, static term => term.Main);
        AddAll(view.Recent, view.RecentFrom, static term => term.Recent);

        void AddAll(SearchSegment segment, int from, Func<PlanTerm, int> numberOf)
        {
            var terms = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(scratch.Plan.Terms).Slice(alternative.First, alternative.Terms);
            var rarest = 0;
            for (var t = 0; t < terms.Length; t++)
            {
                if (numberOf(terms[t]) < 0)
                    return;
                if (segment.Postings.CountOf(numberOf(terms[t])) < segment.Postings.CountOf(numberOf(terms[rarest])))
                    rarest = t;
            }

            foreach (var item in segment.Postings.ItemsOf(numberOf(terms[rarest])))
            {
                var score = 0f;
                foreach (var term in terms)
                    score += segment.Postings.ImpactOf(numberOf(term), item) is var impact && impact > 0 ? impact * term.Rarity : float.NegativeInfinity;
                if (score > 0)
                    AddList(scratch, [item], [score], from, alternative.Weight, mark, filled);
            }
        }
    }
}
