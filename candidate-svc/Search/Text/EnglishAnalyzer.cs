using System.Collections.Frozen;

namespace Splitrail.CandidateSvc.Search.Text;

/// <summary>English: forms of a word share their stem (<see cref="EnglishStemmer"/>); what is written as in the query counts a little more.</summary>
internal sealed class EnglishAnalyzer : ITextAnalyzer
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> s_fillers =
        FrozenSet.Create(StringComparer.Ordinal, "a", "an", "and", "at", "by", "for", "from", "in", "is", "of", "on", "or", "the", "to", "with")
            .GetAlternateLookup<ReadOnlySpan<char>>();

    public string Name => Analyzers.English;

    public float KeyWeight => 0.85f;

    public int Key(ReadOnlySpan<char> folded, Span<char> key)
    {
        folded.CopyTo(key);
        return folded.ContainsAnyExceptInRange('a', 'z') ? folded.Length : EnglishStemmer.Stem(key, folded.Length);
    }

    public int Written(ReadOnlySpan<char> word, ReadOnlySpan<char> folded, Span<char> written)
    {
        folded.CopyTo(written);
        return folded.Length;
    }

    public bool IsFiller(ReadOnlySpan<char> word) => s_fillers.Contains(word);
}
