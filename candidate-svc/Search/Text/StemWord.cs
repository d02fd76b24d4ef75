namespace Splitrail.CandidateSvc.Search.Text;

/// <summary>A word while it is stemmed, in place. A y that stands for a consonant is written Y.</summary>
internal ref struct StemWord(Span<char> letters, int length)
{
    private static readonly string[] s_prefixes = ["gener", "commun", "arsen"];

    private readonly Span<char> _letters = letters;
    private int _r1 = length;
    private int _r2 = length;

    public int Length { get; private set; } = length;

    public readonly ReadOnlySpan<char> Letters => _letters[..Length];

    public readonly bool IsR1Empty => _r1 >= Length;

    public readonly bool EndsWith(ReadOnlySpan<char> suffix) => Letters.EndsWith(suffix);

    public readonly bool IsInR1(ReadOnlySpan<char> suffix) => Length - suffix.Length >= _r1;

    public readonly bool IsInR2(ReadOnlySpan<char> suffix) => Length - suffix.Length >= _r2;

    public void Drop(int count) => Length -= count;

    public void Replace(ReadOnlySpan<char> suffix, ReadOnlySpan<char> with)
    {
        with.CopyTo(_letters[(Length - suffix.Length)..]);
        Length += with.Length - suffix.Length;
    }

    public void Append(char letter) => _letters[Length++] = letter;

    public static bool IsVowel(char letter) => letter is 'a' or 'e' or 'i' or 'o' or 'u' or 'y';

    public readonly bool HasVowelBefore(int end)
    {
        foreach (var letter in _letters[..Math.Max(0, end)])
        {
            if (IsVowel(letter))
                return true;
        }

        return false;
    }

    public void MarkConsonantY()
    {
        for (var i = 0; i < Length; i++)
        {
            if (_letters[i] == 'y' && (i == 0 || IsVowel(_letters[i - 1])))
                _letters[i] = 'Y';
        }
    }

    public void UnmarkY() => _letters[..Length].Replace('Y', 'y');

    public void FindRegions()
    {
        _r1 = RegionAfter(0);
        foreach (var prefix in s_prefixes)
        {
            if (Letters.StartsWith(prefix))
                _r1 = prefix.Length;
        }

        _r2 = RegionAfter(_r1);
    }

    /// <summary>A vowel between consonants of which the second is not w, x or Y, or a vowel that begins the word, then a consonant.</summary>
    public readonly bool EndsInShortSyllable(int end)
    {
        if (end == 2)
            return IsVowel(_letters[0]) && !IsVowel(_letters[1]);
        return end >= 3 && !IsVowel(_letters[end - 3]) && IsVowel(_letters[end - 2]) && !IsVowel(_letters[end - 1]) && _letters[end - 1] is not ('w' or 'x' or 'Y');
    }

    private readonly int RegionAfter(int start)
    {
        for (var i = start + 1; i < Length; i++)
        {
            if (!IsVowel(_letters[i]) && IsVowel(_letters[i - 1]))
                return i + 1;
        }

        return Length;
    }
}
