namespace Splitrail.CandidateSvc.Search.Indexing;

/// <summary>The catalogue's own vocabulary, without marks and in ordinal order: what is completed and corrected from.</summary>
/// <param name="words">The words.</param>
/// <param name="keys">Each word's key, a term.</param>
/// <param name="counts">How many items have it.</param>
/// <param name="displays">How it is mostly written.</param>
internal sealed class WordList(string[] words, int[] keys, int[] counts, string[] displays)
{
    public int Count => words.Length;

    public string[] Words => words;

    public int KeyOf(int word) => keys[word];

    public int CountOf(int word) => counts[word];

    public string DisplayOf(int word) => displays[word];

    public int Find(ReadOnlySpan<char> word)
    {
        var at = FirstNotBefore(word);
        return at < words.Length && word.SequenceEqual(words[at]) ? at : -1;
    }

    /// <summary>The words that begin with it stand from <c>From</c> up to <c>To</c>, which is not one of them.</summary>
    public (int From, int To) RangeOf(ReadOnlySpan<char> prefix)
    {
        var from = FirstNotBefore(prefix);
        var (low, high) = (from, words.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (words[middle].AsSpan().StartsWith(prefix))
                low = middle + 1;
            else
                high = middle;
        }

        return (from, low);
    }

    private int FirstNotBefore(ReadOnlySpan<char> word)
    {
        var (low, high) = (0, words.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (words[middle].AsSpan().SequenceCompareTo(word) < 0)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
