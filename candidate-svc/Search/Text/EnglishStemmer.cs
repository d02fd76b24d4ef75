using System.Collections.Frozen;

namespace Splitrail.CandidateSvc.Search.Text;

/// <summary>
/// Porter's second stemmer for English, "Porter2" (Porter 2001, snowballstem.org/algorithms/english/stemmer.html), by its published rules: suffixes are
/// taken off in five steps, each only inside R1 or R2, the parts of a word after its first and second syllable-like group.
/// </summary>
internal static class EnglishStemmer
{
    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> s_exceptions = new Dictionary<string, string>
    {
        ["skis"] = "ski", ["skies"] = "sky", ["dying"] = "die", ["lying"] = "lie", ["tying"] = "tie", ["idly"] = "idl", ["gently"] = "gentl", ["ugly"] = "ugli",
        ["early"] = "earli", ["only"] = "onli", ["singly"] = "singl", ["sky"] = "sky", ["news"] = "news", ["howe"] = "howe", ["atlas"] = "atlas",
        ["cosmos"] = "cosmos", ["bias"] = "bias", ["andes"] = "andes",
    }.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> s_finished =
        FrozenSet.Create(StringComparer.Ordinal, "inning", "outing", "canning", "herring", "earring", "proceed", "exceed", "succeed").GetAlternateLookup<ReadOnlySpan<char>>();

    /// <param name="letters">Begins with the word, a to z, and has room for one letter more.</param>
    /// <param name="length">Of the word.</param>
    /// <returns>Length of the stem, which takes the word's place.</returns>
    public static int Stem(Span<char> letters, int length)
    {
        if (length <= 2)
            return length;
        if (s_exceptions.TryGetValue(letters[..length], out var stem))
        {
            stem.CopyTo(letters);
            return stem.Length;
        }

        var word = new StemWord(letters, length);
        word.MarkConsonantY();
        word.FindRegions();
        EnglishStemmerSteps.Plural(ref word);
        if (!s_finished.Contains(word.Letters))
        {
            EnglishStemmerSteps.PastAndProgressive(ref word);
            EnglishStemmerSteps.FinalY(ref word);
            EnglishStemmerSteps.DoubleSuffix(ref word);
            EnglishStemmerSteps.SingleSuffix(ref word);
            EnglishStemmerSteps.Residue(ref word);
            EnglishStemmerSteps.FinalLetter(ref word);
        }

        word.UnmarkY();
        return word.Length;
    }
}
