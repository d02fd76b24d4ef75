using System.Collections.Frozen;

namespace Splitrail.Trainer.Import.Formats;

/// <summary>
/// Makes "SET OF 3 T-LIGHT HOLDERS." readable: "Set of 3 T-Light Holders". A title that has lower-case letters was written with care and keeps them.
/// </summary>
internal static class TitleCase
{
    private static readonly FrozenSet<string> SmallWords = FrozenSet.ToFrozenSet(["and", "for", "from", "in", "of", "on", "the", "to", "with", "w"]);

    public static string Of(string title)
    {
        var words = title.Trim(' ', '*', '.', ',').Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (title.Any(char.IsLower)) return string.Join(' ', words);
        return string.Join(' ', words.Select((word, index) => Cased(word.ToLowerInvariant(), index)));
    }

    private static string Cased(string word, int index) => index > 0 && SmallWords.Contains(word)
        ? word
        : string.Create(word.Length, word, static (cased, source) =>
        {
            for (var i = 0; i < source.Length; i++)
            {
                // A letter begins a word after anything but a letter, a digit ("60cm") or an apostrophe ("50's").
                var begins = i == 0 || !(char.IsLetterOrDigit(source[i - 1]) || source[i - 1] == '\'');
                cased[i] = begins ? char.ToUpperInvariant(source[i]) : source[i];
            }
        });
}
