namespace Splitrail.CandidateSvc.Search;

/// <summary>Damerau-Levenshtein distance with adjacent swaps (optimal string alignment), for short words.</summary>
internal static class EditDistance
{
    /// <summary>Mistakes forgiven in a word: none below 4 letters, one below 8, else two.</summary>
    public static int Tolerance(int length) => length switch { < 4 => 0, < 8 => 1, _ => 2 };

    /// <summary>True when the words are at most <paramref name="limit"/> edits apart.</summary>
    public static bool Within(ReadOnlySpan<char> a, ReadOnlySpan<char> b, int limit)
    {
        if (Math.Abs(a.Length - b.Length) > limit || b.Length > 60)
            return false;
        Span<int> rows = stackalloc int[3 * 64];
        var two = rows[..64];
        var one = rows.Slice(64, 64);
        var now = rows.Slice(128, 64);
        for (var j = 0; j <= b.Length; j++)
            one[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            now[0] = i;
            var best = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                now[j] = Math.Min(Math.Min(one[j] + 1, now[j - 1] + 1), one[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    now[j] = Math.Min(now[j], two[j - 2] + 1);
                best = Math.Min(best, now[j]);
            }

            if (best > limit)
                return false;
            var spare = two;
            two = one;
            one = now;
            now = spare;
        }

        return one[b.Length] <= limit;
    }
}
