using System.Runtime.InteropServices;
using Splitrail.CandidateSvc.Search.Spelling;
using Splitrail.CandidateSvc.Search.Text;
using Splitrail.CandidateSvc.Search.Vectors;
using Splitrail.Contracts;

namespace Splitrail.CandidateSvc.Search.Indexing;

/// <summary>Reads items and makes a <see cref="SearchSegment"/> of them.</summary>
internal sealed class SegmentBuilder
{
    private readonly SearchSegment? _earlier;
    private readonly Vocabulary _vocabulary;
    private readonly List<Occurrence> _occurrences = [];
    private readonly List<FieldCounts> _lengths = [];
    private readonly List<int> _placeOfTerm = [];

    private SegmentBuilder(ITextAnalyzer analyzer, SearchSegment? earlier) => (_vocabulary, _earlier) = (new Vocabulary(analyzer), earlier);

    /// <param name="items">What it is made of; those of one id must come once.</param>
    /// <param name="analyzer">The language.</param>
    /// <param name="earlier">The segment this one is served beside, whose means and rarities hold for both; null for the first.</param>
    public static SearchSegment Build(CatalogItem[] items, ITextAnalyzer analyzer, SearchSegment? earlier = null) => new SegmentBuilder(analyzer, earlier).Build(items);

    private SearchSegment Build(CatalogItem[] items)
    {
        for (var i = 0; i < items.Length; i++)
            Read(items[i], i);
        var means = _earlier?.Means ?? Means();
        var (terms, words) = (_vocabulary.Terms, _vocabulary.ToWordList());
        var postings = MakePostings(means);
        var positions = new Dictionary<string, int>(items.Length, StringComparer.Ordinal);
        for (var i = 0; i < items.Length; i++)
            positions.Add(items[i].ItemId, i);
        return new SearchSegment
        {
            Items = items,
            Positions = positions,
            Terms = terms,
            Postings = postings,
            Words = words,
            Spelling = SpellingIndex.Of(words.Words),
            Means = means,
            Vectors = TextVectors.Of(CollectionsMarshal.AsSpan(_occurrences), items.Length, terms, Rarities(postings, items.Length), isSmall: _earlier is not null),
        };
    }

    private void Read(CatalogItem item, int at)
    {
        var first = _occurrences.Count;
        var lengths = new FieldCounts();
        Read(item.Title, ItemField.Title, at, first, ref lengths);
        Read(item.Category, ItemField.Category, at, first, ref lengths);
        foreach (var value in item.Attributes?.Values ?? [])
            Read(value, ItemField.Attributes, at, first, ref lengths);
        Read(item.ItemId, ItemField.Id, at, first, ref lengths);
        _lengths.Add(lengths);
    }

    private void Read(string? text, ItemField field, int item, int first, ref FieldCounts lengths)
    {
        Span<char> buffer = stackalloc char[WordReader.MaxLength];
        var reader = new WordReader(CanonicalForm.Of(text ?? ""), buffer);
        while (reader.TryRead(out var word))
        {
            var (key, written) = _vocabulary.Take(word, item);
            Count(key, field, item, first);
            if (written >= 0)
                Count(written, field, item, first);
            lengths.Add(field);
        }
    }

    private void Count(int term, ItemField field, int item, int first)
    {
        while (_placeOfTerm.Count <= term)
            _placeOfTerm.Add(-1);
        if (_placeOfTerm[term] < first)
        {
            _placeOfTerm[term] = _occurrences.Count;
            _occurrences.Add(new Occurrence { Term = term, Item = item });
        }

        CollectionsMarshal.AsSpan(_occurrences)[_placeOfTerm[term]].Counts.Add(field);
    }

    private FieldMeans Means()
    {
        var means = new FieldMeans();
        foreach (var lengths in _lengths)
            for (var field = 0; field < FieldWeights.Fields; field++)
                means[field] += lengths[field];
        for (var field = 0; field < FieldWeights.Fields; field++)
            means[field] /= Math.Max(1, _lengths.Count);
        return means;
    }

    private Postings MakePostings(FieldMeans means)
    {
        var starts = new int[_vocabulary.Terms.Count + 1];
        foreach (var occurrence in _occurrences)
            starts[occurrence.Term + 1]++;
        for (var term = 0; term < starts.Length - 1; term++)
            starts[term + 1] += starts[term];
        var (items, impacts, next) = (new int[_occurrences.Count], new float[_occurrences.Count], starts[..^1]);
        foreach (var occurrence in _occurrences)
        {
            var at = next[occurrence.Term]++;
            items[at] = occurrence.Item;
            impacts[at] = FieldWeights.Impact(occurrence.Counts, _lengths[occurrence.Item], means);
        }

        return new Postings(starts, items, impacts);
    }

    /// <summary>How rare each term is among all items, those of the earlier segment too.</summary>
    private float[] Rarities(Postings postings, int items)
    {
        var rarities = new float[_vocabulary.Terms.Count];
        for (var term = 0; term < rarities.Length; term++)
        {
            var before = _earlier is null ? -1 : _earlier.Terms.Find(_vocabulary.Terms[term]);
            var having = postings.CountOf(term) + (before < 0 ? 0 : _earlier!.Postings.CountOf(before));
            rarities[term] = FieldWeights.Rarity(having, items + (_earlier?.Count ?? 0));
        }

        return rarities;
    }
}

/// <summary>A term in an item.</summary>
internal struct Occurrence
{
    public int Term;
    public int Item;
    public FieldCounts Counts;
}
