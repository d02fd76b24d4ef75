using Splitrail.CandidateSvc.Search.Indexing;
using Splitrail.CandidateSvc.Search.Spelling;

namespace Splitrail.CandidateSvc.Search.Querying;

/// <summary>Words of the catalogue that what was typed is a mistake away from.</summary>
internal static class Respellings
{
    private const int Most = 16;

    /// <summary>Of two words at the same distance the more common is meant more often.</summary>
    private const float CommonWord = 0.02f;

    public static void Add(SearchView view, SearchScratch scratch, ReadOnlySpan<char> typed, int first, bool isKnown)
    {
        var limit = EditDistance.Tolerance(typed.Length);
        if (limit == 0 || SpellingIndex.HasDigit(typed))
            return;
        var best = scratch.Respellings;
        best.Begin(Most);
        Offer(view.Main, scratch, typed, limit, isKnown, isRecent: false);
        Offer(view.Recent, scratch, typed, limit, isKnown, isRecent: true);
        var (plan, from) = (scratch.Plan, scratch.Plan.Alternatives.Count);
        foreach (var (weight, place) in best.Take())
        {
            var term = TermLookup.KeyOf(view, place < 0 ? view.Recent : view.Main, place < 0 ? ~place : place);
            if (plan.Has(first, term))
                continue;
            plan.Terms.Add(term);
            plan.Alternatives.Add(new PlanAlternative(plan.Terms.Count - 1, 1, weight, place));
        }

        Completions.AlikeInRarity(view, plan, from);
    }

    /// <summary>A word as <see cref="PlanAlternative.Instead"/> names it.</summary>
    public static int PlaceOf(SearchView view, ReadOnlySpan<char> word) => view.Main.Words.Find(word) is >= 0 and var place ? place : ~view.Recent.Words.Find(word);

    public static string TextOf(SearchView view, int place) => place < 0 ? view.Recent.Words.DisplayOf(~place) : view.Main.Words.DisplayOf(place);

    private static void Offer(SearchSegment segment, SearchScratch scratch, ReadOnlySpan<char> typed, int limit, bool isKnown, bool isRecent)
    {
        segment.Spelling.Near(typed, limit, scratch.Spelling);
        foreach (var near in scratch.Spelling.Found)
        {
            if (near.Distance == 0)
                continue;
            var word = segment.Words.Words[near.Word];
            var weight = MatchWeights.Respelling(near.Distance, word[0] == typed[0], isKnown) + CommonWord * MathF.Log10(1 + segment.Words.CountOf(near.Word));
            scratch.Respellings.Offer(weight, isRecent ? ~near.Word : near.Word);
        }
    }
}
