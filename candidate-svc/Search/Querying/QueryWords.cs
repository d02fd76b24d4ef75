using Splitrail.CandidateSvc.Search.Text;

namespace Splitrail.CandidateSvc.Search.Querying;

/// <summary>The words of one query, reused.</summary>
internal sealed class QueryWords
{
    /// <summary>What is typed beyond is not looked at.</summary>
    public const int Most = 16;

    private readonly char[] _letters = new char[Most * (WordReader.MaxLength + 3 * WordForms.MaxLength)];
    private readonly QueryWord[] _words = new QueryWord[Most];
    private int _used;

    public int Count { get; private set; }

    /// <summary>Whether the text stopped inside its last word, which may then be the beginning of one.</summary>
    public bool IsLastOpen { get; private set; }

    public QueryWord this[int word] => _words[word];

    public ReadOnlySpan<char> this[Range part] => _letters.AsSpan(part);

    public void Read(string text, ITextAnalyzer analyzer)
    {
        (Count, _used) = (0, 0);
        Span<char> buffer = stackalloc char[WordReader.MaxLength];
        var reader = new WordReader(CanonicalForm.Of(text), buffer);
        while (Count < Most && reader.TryRead(out var word))
            Add(word, analyzer);
        IsLastOpen = text.Length > 0 && !char.IsWhiteSpace(text[^1]);
    }

    /// <summary>Two words as one, without marks, in a buffer of <see cref="WordForms.MaxLength"/>; empty when that is too long.</summary>
    public ReadOnlySpan<char> Joined(int first, Span<char> buffer)
    {
        var one = this[_words[first].Folded];
        var two = this[_words[first + 1].Folded];
        if (one.Length + two.Length > WordReader.MaxLength)
            return [];
        one.CopyTo(buffer);
        two.CopyTo(buffer[one.Length..]);
        return buffer[..(one.Length + two.Length)];
    }

    private void Add(ReadOnlySpan<char> word, ITextAnalyzer analyzer)
    {
        Span<char> folded = stackalloc char[WordForms.MaxLength];
        Span<char> key = stackalloc char[WordForms.MaxLength];
        Span<char> written = stackalloc char[WordForms.MaxLength];
        var forms = WordForms.Of(analyzer, word, folded, key, written);
        _words[Count++] = new QueryWord
        {
            Typed = Keep(word),
            Folded = Keep(forms.Folded),
            Key = Keep(forms.Key),
            Written = Keep(forms.Written),
            IsFiller = analyzer.IsFiller(word),
        };
    }

    private Range Keep(ReadOnlySpan<char> text)
    {
        text.CopyTo(_letters.AsSpan(_used));
        _used += text.Length;
        return (_used - text.Length).._used;
    }
}
