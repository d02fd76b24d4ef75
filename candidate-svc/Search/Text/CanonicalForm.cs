using System.Buffers;
using System.Collections.Frozen;

namespace Splitrail.CandidateSvc.Search.Text;

/// <summary>
/// Unicode's canonical composition (NFC, Unicode Standard Annex 15) for the letters of <see cref="CanonicalPairs"/>: a letter and its marks become one
/// character whatever order the marks were typed in. Other scripts are left as they are.
/// </summary>
internal static class CanonicalForm
{
    private const byte Above = 230;
    private const byte Below = 220;

    /// <summary>Marks under a letter that compose with none: they do not stand in the way of one above it.</summary>
    private static readonly SearchValues<char> s_below = SearchValues.Create(
        "\u0316\u0317\u0318\u0319\u031C\u031D\u031E\u031F\u0320\u0329\u032A\u032B\u032C\u032F\u0332\u0333\u0339\u033A\u033B\u033C\u0347\u0348\u0349\u034D\u034E\u0353\u0354\u0355\u0356\u0359\u035A");

    private static readonly SearchValues<char> s_marks = SearchValues.Create(
        [.. Enumerable.Range(0x300, 0x70).Select(static mark => (char)mark), .. CanonicalPairs.Rows.Select(static row => row.Mark)]);

    private static readonly FrozenDictionary<char, byte> s_classes = CanonicalPairs.Rows.ToFrozenDictionary(static row => row.Mark, static row => row.Class);

    private static readonly FrozenDictionary<(char Base, char Mark), char> s_composed = (
        from row in CanonicalPairs.Rows
        from at in Enumerable.Range(0, row.Letters.Length / 2)
        select KeyValuePair.Create((row.Letters[2 * at], row.Mark), row.Letters[2 * at + 1])).ToFrozenDictionary();

    private static readonly FrozenDictionary<char, (char Base, char Mark)> s_parts = s_composed.ToFrozenDictionary(static pair => pair.Value, static pair => pair.Key);

    public static bool IsMark(char letter) => s_marks.Contains(letter);

    /// <summary>The same text when nothing in it has to be composed, which costs one scan.</summary>
    public static string Of(string text) => text.AsSpan().IndexOfAny(s_marks) < 0 ? text : Compose(text);

    /// <summary>The letter without its last mark, or null when it has none.</summary>
    public static (char Base, char Mark)? PartsOf(char letter) => s_parts.TryGetValue(letter, out var parts) ? parts : null;

    private static string Compose(string text)
    {
        var letters = new List<char>(text.Length * 2);
        foreach (var letter in text)
            Decompose(letter, letters);
        Order(letters);
        var written = 0;
        var starter = -1;
        var last = 0;
        for (var read = 0; read < letters.Count; read++)
        {
            var letter = letters[read];
            var own = ClassOf(letter);
            // A mark joins its base unless one of the same class, or a letter, stands between them.
            if (starter >= 0 && own != 0 && (last == 0 ? written == starter + 1 : last < own) && s_composed.TryGetValue((letters[starter], letter), out var both))
            {
                letters[starter] = both;
                continue;
            }

            if (own == 0)
                starter = written;
            last = own;
            letters[written++] = letter;
        }

        return new string(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(letters)[..written]);
    }

    private static void Decompose(char letter, List<char> into)
    {
        if (!s_parts.TryGetValue(letter, out var parts))
        {
            into.Add(letter);
            return;
        }

        Decompose(parts.Base, into);
        into.Add(parts.Mark);
    }

    /// <summary>Marks of a letter by class; those of one class keep their order.</summary>
    private static void Order(List<char> letters)
    {
        for (var i = 1; i < letters.Count; i++)
        {
            var own = ClassOf(letters[i]);
            for (var j = i; own != 0 && j > 0 && ClassOf(letters[j - 1]) > own; j--)
                (letters[j - 1], letters[j]) = (letters[j], letters[j - 1]);
        }
    }

    private static byte ClassOf(char letter) => !s_marks.Contains(letter) ? (byte)0 : s_classes.GetValueOrDefault(letter, s_below.Contains(letter) ? Below : Above);
}
