namespace Splitrail.CandidateSvc.Search.Text;

/// <summary>Words without marks, as people type them who have no keys for these: "café" is "cafe", "đồng hồ" is "dong ho", "straße" is "strasse".</summary>
internal static class Folding
{
    /// <summary>A letter becomes at most so many.</summary>
    public const int Growth = 2;

    private const int Covered = 0x2000;
    private const char TwoLetters = '\uFFFF';
    private static readonly char[] s_folded = MakeTable();

    /// <param name="word">Composed and in lower case.</param>
    /// <param name="folded">At least <see cref="Growth"/> times as long.</param>
    /// <returns>How long the folded word is.</returns>
    public static int Fold(ReadOnlySpan<char> word, Span<char> folded)
    {
        var length = 0;
        foreach (var letter in word)
        {
            if (letter < 0x80)
            {
                folded[length++] = letter;
                continue;
            }

            if (CanonicalForm.IsMark(letter))
                continue;
            var plain = letter < Covered ? s_folded[letter] : letter;
            if (plain != TwoLetters)
            {
                folded[length++] = plain;
                continue;
            }

            foreach (var part in PairOf(letter))
                folded[length++] = part;
        }

        return length;
    }

    private static char[] MakeTable()
    {
        var table = new char[Covered];
        for (var c = 0; c < table.Length; c++)
            table[c] = PairOf((char)c).Length > 0 ? TwoLetters : Plain((char)c);
        return table;
    }

    private static string PairOf(char letter) => letter switch
    {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        _ => "",
    };

    private static char Plain(char letter) => letter switch
    {
        'đ' or 'ð' => 'd',
        'ł' => 'l',
        'ø' => 'o',
        'ı' => 'i',
        'ħ' => 'h',
        'ς' => 'σ',
        'ё' => 'е',
        _ => Stripped(letter),
    };

    /// <summary>Latin and Greek only: in Cyrillic a mark makes another letter.</summary>
    private static char Stripped(char letter)
    {
        var plain = letter;
        while (CanonicalForm.PartsOf(plain) is { } parts)
            plain = parts.Base;
        return plain < 0x0400 ? char.ToLowerInvariant(plain) : letter;
    }
}
