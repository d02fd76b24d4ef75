using System.Buffers;
using System.Globalization;
using System.Text;

namespace Splitrail.CandidateSvc.Search.Text;

/// <summary>
/// Words of a composed text, one after the other, in lower case: runs of letters, digits and their marks. An apostrophe does not end a word. A letter of a script
/// that writes no spaces, and a pictogram, is a word of its own.
/// </summary>
/// <param name="text">Composed: <see cref="CanonicalForm"/>.</param>
/// <param name="buffer">Gets one word at a time; at least <see cref="MaxLength"/> long.</param>
internal ref struct WordReader(ReadOnlySpan<char> text, Span<char> buffer)
{
    /// <summary>Longer words are cut: no shop has them, and everything made of a word can then live on the stack.</summary>
    public const int MaxLength = 48;

    private readonly Span<char> _buffer = buffer[..MaxLength];
    private ReadOnlySpan<char> _rest = text;

    /// <param name="word">Good until the next call.</param>
    /// <returns>False at the end.</returns>
    public bool TryRead(out ReadOnlySpan<char> word)
    {
        var length = 0;
        while (!_rest.IsEmpty)
        {
            var kind = KindOf(_rest, out var taken);
            var isAlone = kind == Kind.Alone;
            if (length > 0 && (isAlone || kind == Kind.Gap))
                break;
            if (kind is Kind.Letter or Kind.Alone || (kind == Kind.Mark && length > 0))
                length = Append(length, taken);
            _rest = _rest[taken..];
            if (isAlone)
                break;
        }

        word = _buffer[..length];
        return length > 0;
    }

    private readonly int Append(int length, int taken)
    {
        if (length + taken > MaxLength)
            return length;
        if (taken == 1)
            _buffer[length] = char.ToLowerInvariant(_rest[0]);
        else
            _rest[..taken].CopyTo(_buffer[length..]);
        return length + taken;
    }

    private static Kind KindOf(ReadOnlySpan<char> rest, out int taken)
    {
        taken = 1;
        var first = rest[0];
        if (first < 0x80)
            return char.IsAsciiLetterOrDigit(first) ? Kind.Letter : first == '\'' ? Kind.Nothing : Kind.Gap;
        if (!char.IsSurrogate(first))
        {
            // Signs such as ® and ° stand beside words; arrows and what comes after them are pictograms, but for the sign of a broken text.
            return first switch
            {
                '’' or 'ʼ' => Kind.Nothing,
                _ when IsUnspaced(first) => Kind.Alone,
                _ => KindOf(char.GetUnicodeCategory(first)) is var kind && kind == Kind.Alone && (first < '\u2190' || first == '\uFFFD') ? Kind.Gap : kind,
            };
        }

        if (Rune.DecodeFromUtf16(rest, out var rune, out taken) != OperationStatus.Done)
            return Kind.Gap;
        var own = KindOf(Rune.GetUnicodeCategory(rune));
        return own == Kind.Letter ? Kind.Alone : own;
    }

    private static Kind KindOf(UnicodeCategory category) => category switch
    {
        <= UnicodeCategory.OtherLetter or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber => Kind.Letter,
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark => Kind.Mark,
        UnicodeCategory.Format => Kind.Nothing,
        UnicodeCategory.OtherSymbol => Kind.Alone,
        _ => Kind.Gap,
    };

    /// <summary>Kana and Han.</summary>
    private static bool IsUnspaced(char letter) => letter is (>= '\u3041' and <= '\u30FA') or (>= '\u3400' and <= '\u9FFF') or (>= '\uF900' and <= '\uFAFF');

    private enum Kind
    {
        Gap,
        Letter,
        Mark,
        Alone,
        Nothing,
    }
}
