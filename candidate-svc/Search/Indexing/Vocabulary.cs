using Splitrail.CandidateSvc.Search.Text;

namespace Splitrail.CandidateSvc.Search.Indexing;

/// <summary>
/// Words as they come, while a segment is built: each writing is analysed once, however many items have it.
/// </summary>
internal sealed class Vocabulary
{
    private readonly ITextAnalyzer _analyzer;
    private readonly Dictionary<string, int> _writings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _writingBySpan;
    private readonly Dictionary<string, int> _folded = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _foldedBySpan;
    private readonly List<Writing> _forms = [];
    private readonly List<Word> _words = [];

    public Vocabulary(ITextAnalyzer analyzer)
    {
        _analyzer = analyzer;
        _writingBySpan = _writings.GetAlternateLookup<ReadOnlySpan<char>>();
        _foldedBySpan = _folded.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public TermTable Terms { get; } = new();

    /// <summary>The terms a word stands under.</summary>
    /// <param name="word">Composed and in lower case.</param>
    /// <param name="item">Where it stands; items come one after the other.</param>
    /// <returns>The key, and the word as written or -1 when that is the key.</returns>
    public (int Key, int Written) Take(ReadOnlySpan<char> word, int item)
    {
        if (!_writingBySpan.TryGetValue(word, out var at))
        {
            at = _forms.Count;
            _writings.Add(word.ToString(), at);
            _forms.Add(Analyse(word));
        }

        var form = _forms[at];
        _forms[at] = form with { Count = form.Count + 1 };
        var known = _words[form.Word];
        if (known.LastItem != item)
            _words[form.Word] = known with { Count = known.Count + 1, LastItem = item };
        return (form.Key, form.Written);
    }

    public WordList ToWordList()
    {
        var displays = new string[_words.Count];
        var most = new int[_words.Count];
        foreach (var (text, at) in _writings)
        {
            var (count, word) = (_forms[at].Count, _forms[at].Word);
            // The order of the dictionary must not show.
            if (count > most[word] || (count == most[word] && string.CompareOrdinal(text, displays[word]) < 0))
                (most[word], displays[word]) = (count, text);
        }

        var texts = _folded.Keys.ToArray();
        var order = _folded.Values.ToArray();
        Array.Sort(texts, order, StringComparer.Ordinal);
        return new WordList(
            texts, [.. order.Select(word => _words[word].Key)], [.. order.Select(word => _words[word].Count)], [.. order.Select(word => displays[word])]);
    }

    private Writing Analyse(ReadOnlySpan<char> word)
    {
        Span<char> folded = stackalloc char[WordForms.MaxLength];
        Span<char> key = stackalloc char[WordForms.MaxLength];
        Span<char> written = stackalloc char[WordForms.MaxLength];
        var forms = WordForms.Of(_analyzer, word, folded, key, written);
        var term = Terms.FindOrAdd(forms.Key);
        var own = forms.Written.IsEmpty ? -1 : Terms.FindOrAdd(forms.Written);
        if (!_foldedBySpan.TryGetValue(forms.Folded, out var at))
        {
            at = _words.Count;
            _folded.Add(forms.Folded.ToString(), at);
            _words.Add(new Word(term, 0, -1));
        }

        return new Writing(term, own, at, 0);
    }

    private readonly record struct Writing(int Key, int Written, int Word, int Count);

    private readonly record struct Word(int Key, int Count, int LastItem);
}
