using System.Collections.Frozen;

namespace Splitrail.CandidateSvc.Search.Text;

/// <summary>
/// Vietnamese: a syllable's key is what is left without its marks, so "ao so mi" finds "áo sơ mi"; who types the marks means that syllable and gets it first.
/// Both ways of placing the tone ("hòa", "hoà") are one.
/// </summary>
internal sealed class VietnameseAnalyzer : ITextAnalyzer
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> s_fillers =
        FrozenSet.Create(StringComparer.Ordinal, "các", "của", "là", "những", "và", "với").GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenDictionary<char, char> s_newA = Tones("aàáảãạ", "oòóỏõọ");
    private static readonly FrozenDictionary<char, char> s_newE = Tones("eèéẻẽẹ", "oòóỏõọ");
    private static readonly FrozenDictionary<char, char> s_newY = Tones("yỳýỷỹỵ", "uùúủũụ");

    public string Name => Analyzers.Vietnamese;

    public float KeyWeight => 0.5f;

    public int Key(ReadOnlySpan<char> folded, Span<char> key)
    {
        folded.CopyTo(key);
        return folded.Length;
    }

    public int Written(ReadOnlySpan<char> word, ReadOnlySpan<char> folded, Span<char> written)
    {
        word.CopyTo(written);
        if (word.Length < 2)
            return word.Length;
        // The newer style has the tone on the last vowel of an open "oa", "oe", "uy", the older on the first; "qu" is a consonant.
        var (first, last) = (word[^2], word[^1]);
        var tones = (first, last) switch
        {
            ('o', _) when s_newA.ContainsKey(last) => s_newA,
            ('o', _) when s_newE.ContainsKey(last) => s_newE,
            ('u', _) when s_newY.ContainsKey(last) && (word.Length == 2 || word[^3] != 'q') => s_newY,
            _ => null,
        };
        if (tones is not null)
            (written[word.Length - 2], written[word.Length - 1]) = (tones[last], ReferenceEquals(tones, s_newA) ? 'a' : ReferenceEquals(tones, s_newE) ? 'e' : 'y');
        return word.Length;
    }

    public bool IsFiller(ReadOnlySpan<char> word) => s_fillers.Contains(word);

    /// <summary>From the vowel that carries the tone in the newer style to the one before it that carries the same tone in the older.</summary>
    private static FrozenDictionary<char, char> Tones(string last, string first) =>
        Enumerable.Range(1, last.Length - 1).ToFrozenDictionary(tone => last[tone], tone => first[tone]);
}
