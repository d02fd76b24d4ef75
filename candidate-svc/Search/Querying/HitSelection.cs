using Splitrail.Contracts;

namespace Splitrail.CandidateSvc.Search.Querying;

/// <summary>From scores to the best items, their number, and counts for facets.</summary>
internal static class HitSelection
{
    /// <summary>How much the shop's most popular item gains over one nobody bought.</summary>
    private const float PopularityShare = 0.15f;

    /// <param name="scratch">Has the scores; gets the hits and counts.</param>
    /// <param name="view">The catalogue.</param>
    /// <param name="needed">Slots that an item must fill.</param>
    /// <param name="most">Hits wanted.</param>
    /// <param name="popularity">0 to 1 by position in the main segment; shorter or empty when not known.</param>
    /// <returns>How many items match.</returns>
    public static int Select(SearchScratch scratch, SearchView view, int needed, int most, ReadOnlySpan<float> popularity)
    {
        var total = 0;
        scratch.Best.Begin(most);
        foreach (var at in scratch.Touched)
        {
            ref var cell = ref scratch.Cells[at];
            if (cell.Filled < needed)
                continue;
            var (inCategory, inPrice) = (SearchScratch.IsIn(scratch.InCategory, at), SearchScratch.IsIn(scratch.InPrice, at));
            Count(scratch, view, at, inCategory, inPrice);
            if (!inCategory || !inPrice)
                continue;
            total++;
            scratch.Best.Offer(cell.Total * (1 + (at < popularity.Length ? PopularityShare * popularity[at] : 0)), at);
        }

        foreach (var (score, at) in scratch.Best.Take())
            scratch.Hits.Add(new Hit(at, score, SearchMatches.Words));
        return total;
    }

    /// <summary>A facet counts what choosing another of its values would show: its own filter does not hold for it, all others do.</summary>
    private static void Count(SearchScratch scratch, SearchView view, int at, bool inCategory, bool inPrice)
    {
        if (inPrice && view.Columns.CategoryOf(at) is >= 0 and var category)
            scratch.CategoryCounts[category]++;
        if (inCategory && view.Columns.BandOf(at) is >= 0 and var band)
            scratch.BandCounts[band]++;
    }
}
