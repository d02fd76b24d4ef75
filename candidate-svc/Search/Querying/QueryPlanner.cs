using Splitrail.CandidateSvc.Search.Text;

namespace Splitrail.CandidateSvc.Search.Querying;

/// <summary>
/// From words to a <see cref="QueryPlan"/>. A word the catalogue has is taken as it is; the last one may be unfinished; a word that is not there is corrected, or
/// split in two. <c>widely</c>, which is tried when no item has all words, corrects and completes the known ones too.
/// </summary>
internal sealed class QueryPlanner(ITextAnalyzer analyzer, Synonyms synonyms)
{
    private const int MostCompletions = 64;
    private const int ShortestSplit = 2;

    public ITextAnalyzer Analyzer => analyzer;

    public void Plan(SearchView view, SearchScratch scratch, bool mayComplete, bool widely)
    {
        var (words, plan) = (scratch.Words, scratch.Plan);
        plan.Clear();
        for (var at = 0; at < words.Count;)
        {
            var first = plan.Alternatives.Count;
            var taken = AddSynonyms(view, scratch, at);
            if (taken == 0 && at + 1 < words.Count)
                taken = AddJoined(view, scratch, at);
            if (taken <= 1)
            {
                AddWord(view, scratch, at, first, mayComplete && (widely || (at == words.Count - 1 && words.IsLastOpen)), widely);
                taken = 1;
            }

            plan.AddSlot(first, at, taken, taken == 1 && words[at].IsFiller);
            at += taken;
        }

        plan.NeedFillers();
    }

    private void AddWord(SearchView view, SearchScratch scratch, int at, int first, bool isOpen, bool widely)
    {
        var (words, plan) = (scratch.Words, scratch.Plan);
        var word = words[at];
        var key = TermLookup.Find(view, words[word.Key]);
        var written = words[word.Written].IsEmpty ? default : TermLookup.Find(view, words[word.Written]);
        // Both count as often as the key: a rare form of a common word is no rare word.
        if (written.IsKnown)
            Add(plan, written with { Rarity = key.Rarity }, 1);
        if (key.IsKnown)
            Add(plan, key, words[word.Written].IsEmpty ? 1 : analyzer.KeyWeight);
        var before = plan.Alternatives.Count;
        if (isOpen)
            Completions.Add(view, scratch, words[word.Folded], first, MostCompletions);
        if (widely || plan.Alternatives.Count == first)
            Respellings.Add(view, scratch, words[word.Folded], first, key.IsKnown || plan.Alternatives.Count > before);
        if (plan.Alternatives.Count == first)
            AddSplit(view, scratch, words[word.Folded]);
    }

    private static void Add(QueryPlan plan, PlanTerm term, float weight)
    {
        plan.Terms.Add(term);
        plan.Alternatives.Add(new PlanAlternative(plan.Terms.Count - 1, 1, weight));
    }

    /// <summary>"tea pot" also finds "teapot".</summary>
    private int AddJoined(SearchView view, SearchScratch scratch, int at)
    {
        Span<char> buffer = stackalloc char[WordForms.MaxLength];
        var joined = scratch.Words.Joined(at, buffer);
        if (joined.IsEmpty || WordTerm(view, joined) is not { IsKnown: true } one)
            return 0;
        AddAll(view, scratch, [at, at + 1]);
        Add(scratch.Plan, one, MatchWeights.Compound);
        return 2;
    }

    /// <summary>"teapot" also finds "tea pot", when there is no "teapot". The split whose rarer half is the most common is meant.</summary>
    private static void AddSplit(SearchView view, SearchScratch scratch, ReadOnlySpan<char> word)
    {
        var (best, most) = (0, 0);
        for (var cut = ShortestSplit; cut <= word.Length - ShortestSplit; cut++)
        {
            var having = Math.Min(WordTerm(view, word[..cut]).Having, WordTerm(view, word[cut..]).Having);
            if (having > most)
                (best, most) = (cut, having);
        }

        if (most == 0)
            return;
        var plan = scratch.Plan;
        plan.Terms.Add(WordTerm(view, word[..best]));
        plan.Terms.Add(WordTerm(view, word[best..]));
        plan.Alternatives.Add(new PlanAlternative(
            plan.Terms.Count - 2, 2, MatchWeights.Compound, Respellings.PlaceOf(view, word[..best]), Respellings.PlaceOf(view, word[best..])));
    }

    private int AddSynonyms(SearchView view, SearchScratch scratch, int at)
    {
        if (synonyms.Find(scratch.Words, at, out var words) is not { } others)
            return 0;
        if (words > 1)
            AddAll(view, scratch, [.. Enumerable.Range(at, words)]);
        foreach (var other in others)
        {
            var (plan, first) = (scratch.Plan, scratch.Plan.Terms.Count);
            foreach (var key in other)
                plan.Terms.Add(TermLookup.Find(view, key));
            if (plan.Terms.Skip(first).All(static term => term.IsKnown))
                plan.Alternatives.Add(new PlanAlternative(first, other.Length, MatchWeights.Synonym));
            else
                plan.Terms.RemoveRange(first, plan.Terms.Count - first);
        }

        return words;
    }

    /// <summary>All of the words, as typed.</summary>
    private static void AddAll(SearchView view, SearchScratch scratch, ReadOnlySpan<int> words)
    {
        var (plan, first) = (scratch.Plan, scratch.Plan.Terms.Count);
        foreach (var word in words)
            plan.Terms.Add(TermLookup.Find(view, scratch.Words[scratch.Words[word].Key]));
        if (plan.Terms.Skip(first).All(static term => term.IsKnown))
            plan.Alternatives.Add(new PlanAlternative(first, words.Length, 1));
        else
            plan.Terms.RemoveRange(first, plan.Terms.Count - first);
    }

    /// <summary>The key of a word that stands in the vocabulary; unknown when it does not.</summary>
    private static PlanTerm WordTerm(SearchView view, ReadOnlySpan<char> folded)
    {
        var main = view.Main.Words.Find(folded);
        if (main >= 0)
            return TermLookup.KeyOf(view, view.Main, main);
        var recent = view.Recent.Words.Find(folded);
        return recent < 0 ? default : TermLookup.KeyOf(view, view.Recent, recent);
    }
}
