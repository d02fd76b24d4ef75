namespace Splitrail.CandidateSvc.Search.Spelling;

/// <summary>
/// Hashes of what is left of a word's beginning when up to two of its letters are taken out: two words at most two edits apart have one in common, whichever
/// letters were changed, added, lost or swapped.
/// </summary>
internal static class DeleteVariants
{
    /// <summary>Only so many letters are looked at; the edit distance of the whole words is asked afterwards.</summary>
    public const int PrefixLength = 7;

    /// <summary>The most variants a word has: 1 + 7 + 21.</summary>
    public const int Most = 29;

    /// <param name="word">The word.</param>
    /// <param name="deletes">0 to 2.</param>
    /// <param name="hashes">At least <see cref="Most"/> long; gets the hashes, some of them twice.</param>
    /// <returns>How many.</returns>
    public static int Of(ReadOnlySpan<char> word, int deletes, Span<uint> hashes)
    {
        var prefix = word[..Math.Min(word.Length, PrefixLength)];
        var count = 0;
        hashes[count++] = HashWithout(prefix, -1, -1);
        for (var i = 0; i < prefix.Length && deletes > 0; i++)
        {
            hashes[count++] = HashWithout(prefix, i, -1);
            for (var j = i + 1; j < prefix.Length && deletes > 1; j++)
                hashes[count++] = HashWithout(prefix, i, j);
        }

        return count;
    }

    /// <summary>FNV-1a.</summary>
    private static uint HashWithout(ReadOnlySpan<char> prefix, int first, int second)
    {
        var hash = 2166136261u;
        for (var i = 0; i < prefix.Length; i++)
        {
            if (i != first && i != second)
                hash = (hash ^ prefix[i]) * 16777619u;
        }

        return hash ^ (hash >> 15);
    }
}
