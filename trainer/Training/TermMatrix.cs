using Splitrail.Contracts;
using Splitrail.Retrieval.Content;

namespace Splitrail.Trainer.Training;

/// <summary>
/// Items x terms, sparse by item: term frequency is 0 or 1, weighed by ln(items / items with the term) (Sparck Jones 1972), rows of length 1. Terms of a
/// single item connect nothing and are left out.
/// </summary>
internal sealed class TermMatrix
{
    private TermMatrix(string[] vocabulary, float[] idf, (int Term, float Weight)[][] rows) => (Vocabulary, Idf, Rows) = (vocabulary, idf, rows);

    public string[] Vocabulary { get; }

    /// <summary>By term.</summary>
    public float[] Idf { get; }

    /// <summary>By item.</summary>
    public (int Term, float Weight)[][] Rows { get; }

    public static TermMatrix From(IReadOnlyList<CatalogItem> items)
    {
        var documents = items.Select(ItemTerms.Of).ToArray();
        var frequency = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var term in documents.SelectMany(static terms => terms))
            frequency[term] = frequency.GetValueOrDefault(term) + 1;
        // A term that every item has weighs ln 1, hence nothing.
        string[] vocabulary = [.. frequency.Where(pair => pair.Value > 1 && pair.Value < items.Count).Select(static pair => pair.Key).Order(StringComparer.Ordinal)];
        var number = vocabulary.Index().ToDictionary(static pair => pair.Item, static pair => pair.Index, StringComparer.Ordinal);
        var idf = Array.ConvertAll(vocabulary, term => MathF.Log(items.Count / (float)frequency[term]));
        return new TermMatrix(vocabulary, idf, Array.ConvertAll(documents, terms => Row(terms, number, idf)));
    }

    /// <summary>Terms x items.</summary>
    public (int Item, float Weight)[][] ByTerm()
    {
        var lists = Array.ConvertAll(Vocabulary, static _ => new List<(int, float)>());
        for (var item = 0; item < Rows.Length; item++)
            foreach (var (term, weight) in Rows[item])
                lists[term].Add((item, weight));
        return Array.ConvertAll(lists, static list => list.ToArray());
    }

    private static (int Term, float Weight)[] Row(IReadOnlyCollection<string> terms, Dictionary<string, int> number, float[] idf)
    {
        (int Term, float Weight)[] row = [.. terms.Where(number.ContainsKey).Select(term => number[term]).Order().Select(term => (term, idf[term]))];
        var length = MathF.Sqrt(row.Sum(static entry => entry.Weight * entry.Weight));
        return length > 0 ? Array.ConvertAll(row, entry => (entry.Term, entry.Weight / length)) : [];
    }
}
