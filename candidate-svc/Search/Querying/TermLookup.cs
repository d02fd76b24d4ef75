using Splitrail.CandidateSvc.Search.Indexing;

namespace Splitrail.CandidateSvc.Search.Querying;

/// <summary>Terms over both segments of a view.</summary>
internal static class TermLookup
{
    public static PlanTerm Find(SearchView view, ReadOnlySpan<char> text) => Of(view, view.Main.Terms.Find(text), view.Recent.Terms.Find(text));

    /// <summary>The key of a word of a segment's vocabulary, in both segments.</summary>
    public static PlanTerm KeyOf(SearchView view, SearchSegment segment, int word)
    {
        var key = segment.Words.KeyOf(word);
        return ReferenceEquals(segment, view.Main)
            ? Of(view, key, view.Recent.Terms.Find(segment.Terms[key]))
            : Of(view, view.Main.Terms.Find(segment.Terms[key]), key);
    }

    /// <summary>As rare as a term that so many items have.</summary>
    public static float Rarity(SearchView view, int having) => FieldWeights.Rarity(having, view.ItemCount);

    private static PlanTerm Of(SearchView view, int main, int recent)
    {
        var having = (main < 0 ? 0 : view.Main.Postings.CountOf(main)) + (recent < 0 ? 0 : view.Recent.Postings.CountOf(recent));
        return new PlanTerm(main, recent, having, having == 0 ? 0 : Rarity(view, having));
    }
}
