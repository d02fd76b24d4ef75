using Splitrail.CandidateSvc.Search.Columns;
using Splitrail.Contracts;

namespace Splitrail.CandidateSvc.Search.Querying;

/// <summary>The counts of a query in the words of the contract.</summary>
internal static class FacetCounts
{
    private const int MostCategories = 50;

    public static SearchFacets Of(SearchScratch scratch, SearchView view) => new(Categories(scratch, view), Prices(scratch));

    private static List<CategoryCount> Categories(SearchScratch scratch, SearchView view)
    {
        var counts = new List<CategoryCount>();
        for (var category = 0; category < view.Columns.Names.Count; category++)
        {
            if (scratch.CategoryCounts[category] > 0)
                counts.Add(new CategoryCount(view.Columns.Names[category], scratch.CategoryCounts[category]));
        }

        counts.Sort(static (a, b) => a.Count != b.Count ? b.Count.CompareTo(a.Count) : string.CompareOrdinal(a.Category, b.Category));
        if (counts.Count > MostCategories)
            counts.RemoveRange(MostCategories, counts.Count - MostCategories);
        return counts;
    }

    private static List<PriceCount> Prices(SearchScratch scratch)
    {
        var counts = new List<PriceCount>();
        for (var band = 0; band < scratch.BandCounts.Length; band++)
        {
            if (scratch.BandCounts[band] > 0)
                counts.Add(new PriceCount(PriceBands.From(band), PriceBands.To(band), scratch.BandCounts[band]));
        }

        return counts;
    }
}
