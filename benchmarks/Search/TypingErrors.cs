using Splitrail.Randomness;

namespace Splitrail.Benchmarks.Search;

/// <summary>One mistake in a word, of the four kinds people make: a neighbouring key, a letter left out, a letter twice, two letters swapped.</summary>
internal static class TypingErrors
{
    /// <summary>Shorter words are typed without thinking.</summary>
    public const int Shortest = 4;

    private static readonly string[] s_rows = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

    public static string In(string word, ref SplitMix64 random)
    {
        var at = 1 + random.NextInt(word.Length - 1);
        return random.NextInt(4) switch
        {
            0 => word[..at] + Neighbour(word[at], ref random) + word[(at + 1)..],
            1 => word.Remove(at, 1),
            2 => word[..at] + word[at] + word[at..],
            _ => word[at - 1] == word[at] ? word.Remove(at, 1) : word[..(at - 1)] + word[at] + word[at - 1] + word[(at + 1)..],
        };
    }

    private static char Neighbour(char letter, ref SplitMix64 random)
    {
        var row = Array.Find(s_rows, row => row.Contains(letter, StringComparison.Ordinal)) ?? s_rows[0];
        var at = row.IndexOf(letter, StringComparison.Ordinal);
        return at <= 0 ? row[1] : at == row.Length - 1 || random.NextInt(2) == 0 ? row[at - 1] : row[at + 1];
    }
}
