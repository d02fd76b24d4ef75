namespace Splitrail.CandidateSvc.Search.Text;

/// <summary>The steps of <see cref="EnglishStemmer"/>, in their order; suffixes stand with longer ones before those they end in.</summary>
internal static class EnglishStemmerSteps
{
    private static readonly (string Suffix, string With)[] s_double =
    [
        ("ational", "ate"), ("fulness", "ful"), ("iveness", "ive"), ("ization", "ize"), ("ousness", "ous"), ("biliti", "ble"), ("lessli", "less"),
        ("tional", "tion"), ("alism", "al"), ("aliti", "al"), ("ation", "ate"), ("entli", "ent"), ("fulli", "ful"), ("iviti", "ive"), ("ousli", "ous"),
        ("abli", "able"), ("alli", "al"), ("anci", "ance"), ("ator", "ate"), ("enci", "ence"), ("izer", "ize"), ("bli", "ble"), ("ogi", "og"), ("li", ""),
    ];

    private static readonly (string Suffix, string With)[] s_single =
    [
        ("ational", "ate"), ("tional", "tion"), ("alize", "al"), ("ative", ""), ("icate", "ic"), ("iciti", "ic"), ("ical", "ic"), ("ness", ""), ("ful", ""),
    ];

    private static readonly string[] s_residues =
    [
        "ement", "able", "ance", "ence", "ible", "ment", "ant", "ate", "ent", "ion", "ism", "iti", "ive", "ize", "ous", "al", "er", "ic",
    ];

    /// <summary>Step 1a. (Step 0 takes off apostrophes, which are not part of words here.)</summary>
    public static void Plural(ref StemWord word)
    {
        if (word.EndsWith("sses"))
            word.Drop(2);
        else if (word.EndsWith("ied") || word.EndsWith("ies"))
            word.Drop(word.Length > 4 ? 2 : 1);
        else if (!word.EndsWith("us") && !word.EndsWith("ss") && word.EndsWith("s") && word.HasVowelBefore(word.Length - 2))
            word.Drop(1);
    }

    /// <summary>Step 1b.</summary>
    public static void PastAndProgressive(ref StemWord word)
    {
        foreach (var suffix in (ReadOnlySpan<string>)["eedly", "eed"])
        {
            if (!word.EndsWith(suffix))
                continue;
            if (word.IsInR1(suffix))
                word.Replace(suffix, "ee");
            return;
        }

        foreach (var suffix in (ReadOnlySpan<string>)["ingly", "edly", "ing", "ed"])
        {
            if (!word.EndsWith(suffix))
                continue;
            if (word.HasVowelBefore(word.Length - suffix.Length))
                Mend(ref word, suffix);
            return;
        }
    }

    /// <summary>Step 1c.</summary>
    public static void FinalY(ref StemWord word)
    {
        if (word.Length > 2 && word.Letters[^1] is 'y' or 'Y' && !StemWord.IsVowel(word.Letters[^2]))
            word.Replace("y", "i");
    }

    /// <summary>Step 2.</summary>
    public static void DoubleSuffix(ref StemWord word)
    {
        foreach (var (suffix, with) in s_double)
        {
            if (!word.EndsWith(suffix))
                continue;
            var before = word.Length > suffix.Length ? word.Letters[^(suffix.Length + 1)] : ' ';
            var fits = suffix switch
            {
                "ogi" => before == 'l',
                "li" => "cdeghkmnrt".Contains(before, StringComparison.Ordinal),
                _ => true,
            };
            if (fits && word.IsInR1(suffix))
                word.Replace(suffix, with);
            return;
        }
    }

    /// <summary>Step 3.</summary>
    public static void SingleSuffix(ref StemWord word)
    {
        foreach (var (suffix, with) in s_single)
        {
            if (!word.EndsWith(suffix))
                continue;
            if (suffix == "ative" ? word.IsInR2(suffix) : word.IsInR1(suffix))
                word.Replace(suffix, with);
            return;
        }
    }

    /// <summary>Step 4.</summary>
    public static void Residue(ref StemWord word)
    {
        foreach (var suffix in s_residues)
        {
            if (!word.EndsWith(suffix))
                continue;
            if (word.IsInR2(suffix) && (suffix != "ion" || word.Letters[^4] is 's' or 't'))
                word.Drop(suffix.Length);
            return;
        }
    }

    /// <summary>Step 5.</summary>
    public static void FinalLetter(ref StemWord word)
    {
        if (word.EndsWith("e") && (word.IsInR2("e") || (word.IsInR1("e") && !word.EndsInShortSyllable(word.Length - 1))))
            word.Drop(1);
        else if (word.EndsWith("ll") && word.IsInR2("l"))
            word.Drop(1);
    }

    /// <summary>After "ed" or "ing": "hoping" lacks its e, "hopping" has a p too many.</summary>
    private static void Mend(ref StemWord word, string suffix)
    {
        word.Drop(suffix.Length);
        if (word.EndsWith("at") || word.EndsWith("bl") || word.EndsWith("iz") || (word.IsR1Empty && word.EndsInShortSyllable(word.Length)))
            word.Append('e');
        else if (word.Length > 1 && word.Letters[^1] == word.Letters[^2] && "bdfgmnprt".Contains(word.Letters[^1], StringComparison.Ordinal))
            word.Drop(1);
    }
}
