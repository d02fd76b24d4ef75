using Splitrail.CandidateSvc.Search.Indexing;

namespace Splitrail.CandidateSvc.Search.Text;

/// <summary>A word in all its forms, in buffers of the caller.</summary>
internal readonly ref struct WordForms
{
    /// <summary>Room that every form has enough of.</summary>
    public const int MaxLength = WordReader.MaxLength * Folding.Growth + 2;

    private WordForms(ReadOnlySpan<char> folded, ReadOnlySpan<char> key, ReadOnlySpan<char> written)
    {
        Folded = folded;
        Key = key;
        Written = written;
    }

    /// <summary>Without marks.</summary>
    public ReadOnlySpan<char> Folded { get; }

    /// <summary>What all its forms share.</summary>
    public ReadOnlySpan<char> Key { get; }

    /// <summary>As a term of <see cref="TermTable"/>; empty when it is the key.</summary>
    public ReadOnlySpan<char> Written { get; }

    /// <param name="analyzer">The language.</param>
    /// <param name="word">Composed and in lower case.</param>
    /// <param name="folded">Of <see cref="MaxLength"/>, as are the others.</param>
    /// <param name="key">Gets the key.</param>
    /// <param name="written">Gets the word as written.</param>
    public static WordForms Of(ITextAnalyzer analyzer, ReadOnlySpan<char> word, Span<char> folded, Span<char> key, Span<char> written)
    {
        ReadOnlySpan<char> plain = folded[..Folding.Fold(word, folded)];
        // A letter that is nothing but a mark, alone, still is what was typed.
        if (plain.IsEmpty)
        {
            word.CopyTo(folded);
            plain = folded[..word.Length];
        }

        ReadOnlySpan<char> shared = key[..analyzer.Key(plain, key)];
        written[0] = TermTable.WrittenMark;
        ReadOnlySpan<char> own = written[..(1 + analyzer.Written(word, plain, written[1..]))];
        return new WordForms(plain, shared, own[1..].SequenceEqual(shared) ? [] : own);
    }
}
