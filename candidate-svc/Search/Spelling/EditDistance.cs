namespace Splitrail.CandidateSvc.Search.Spelling;

/// <summary>Damerau-Levenshtein distance with adjacent swaps (optimal string alignment), for short words.</summary>
internal static class EditDistance
{
    private const int MaxLength = 60;

    /// <summary>Mistakes forgiven in a word: none below 3 letters, one below 6, else two.</summary>
    public static int Tolerance(int length) => length switch { < 3 => 0, < 6 => 1, _ => 2 };

    /// <summary>The fewest edits from one word to the other, or more than <paramref name="limit"/> when there are more.</summary>
    public static int Of(ReadOnlySpan<char> a, ReadOnlySpan<char> b, int limit)
    {
        if (Math.Abs(a.Length - b.Length) > limit || b.Length > MaxLength)
            return limit + 1;
        Span<int> rows = stackalloc int[3 * (MaxLength + 1)];
        var two = rows[..(MaxLength + 1)];
        var one = rows.Slice(MaxLength + 1, MaxLength + 1);
        var now = rows[(2 * (MaxLength + 1))..];
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
                return limit + 1;
            var spare = two;
            two = one;
            one = now;
            now = spare;
        }

        return one[b.Length];
    }
}
