using Splitrail.Contracts;

namespace Splitrail.CandidateSvc.Search;

/// <summary>
/// Full-text search over titles, categories and attributes by BM25 (Robertson and Zaragoza 2009, k1 = 1.2, b = 0.75; a word of the title counts
/// three times). A word of the query also matches words it begins, and, when nothing begins with it, words a typing mistake away.
/// </summary>
internal sealed class SearchIndex
{
    private const double K1 = 1.2;
    private const double B = 0.75;
    private const float TitleCount = 3f;
    private const float OtherCount = 1f;
    private const double PrefixFactor = 0.6;
    private const double MistakeFactor = 0.4;
    private readonly string[] _terms;
    private readonly Posting[][] _postings;
    private readonly double[] _norms;

    private SearchIndex(CatalogItem[] items, string[] terms, Posting[][] postings, double[] norms)
    {
        Items = items;
        _terms = terms;
        _postings = postings;
        _norms = norms;
    }

    /// <summary>What results point into; texts only, prices and stock of these may be old.</summary>
    public CatalogItem[] Items { get; }

    public static SearchIndex Of(IEnumerable<CatalogItem> catalogue)
    {
        CatalogItem[] items = [.. catalogue.OrderBy(static item => item.ItemId, StringComparer.Ordinal)];
        var byTerm = new SortedDictionary<string, List<Posting>>(StringComparer.Ordinal);
        var lengths = new double[items.Length];
        for (var i = 0; i < items.Length; i++)
            foreach (var (term, count) in Counts(items[i]))
            {
                lengths[i] += count;
                if (!byTerm.TryGetValue(term, out var postings))
                    byTerm.Add(term, postings = []);
                postings.Add(new Posting(i, count));
            }

        var mean = Math.Max(1, lengths.DefaultIfEmpty(1).Average());
        return new SearchIndex(
            items, [.. byTerm.Keys], [.. byTerm.Values.Select(static list => list.ToArray())], [.. lengths.Select(length => K1 * (1 - B + B * length / mean))]);
    }

    /// <summary>Score by position in <see cref="Items"/>; items that match no word are left out.</summary>
    public Dictionary<int, double> Search(string query)
    {
        var scores = new Dictionary<int, double>();
        foreach (var word in Words.Of(query).Distinct(StringComparer.Ordinal).Take(16))
        {
            var best = new Dictionary<int, double>();
            foreach (var (term, factor) in Matches(word))
                Score(term, factor, best);
            foreach (var (item, score) in best)
                scores[item] = scores.GetValueOrDefault(item) + score;
        }

        return scores;
    }

    /// <summary>An item has the best of the terms a word matches, not their sum: "mug" is not better for "mug mugs".</summary>
    private void Score(int term, double factor, Dictionary<int, double> best)
    {
        var postings = _postings[term];
        var idf = Math.Log(1 + (Items.Length - postings.Length + 0.5) / (postings.Length + 0.5));
        foreach (var (item, count) in postings)
        {
            var score = factor * idf * count * (K1 + 1) / (count + _norms[item]);
            if (score > best.GetValueOrDefault(item))
                best[item] = score;
        }
    }

    private List<(int Term, double Factor)> Matches(string word)
    {
        var matches = new List<(int, double)>();
        var at = Array.BinarySearch(_terms, word, StringComparer.Ordinal);
        for (var t = at < 0 ? ~at : at; t < _terms.Length && _terms[t].StartsWith(word, StringComparison.Ordinal); t++)
            matches.Add((t, _terms[t].Length == word.Length ? 1 : PrefixFactor));
        var limit = EditDistance.Tolerance(word.Length);
        if (matches.Count > 0 || limit == 0)
            return matches;
        for (var t = 0; t < _terms.Length; t++)
            if (EditDistance.Within(word, _terms[t], limit))
                matches.Add((t, MistakeFactor));
        return matches;
    }

    private static Dictionary<string, float> Counts(CatalogItem item)
    {
        var counts = new Dictionary<string, float>(StringComparer.Ordinal);
        Add(item.Title, TitleCount);
        Add(item.Category, OtherCount);
        foreach (var value in item.Attributes?.Values ?? [])
            Add(value, OtherCount);
        return counts;

        void Add(string text, float count)
        {
            foreach (var word in Words.Of(text))
                counts[word] = counts.GetValueOrDefault(word) + count;
        }
    }

    private readonly record struct Posting(int Item, float Count);
}
