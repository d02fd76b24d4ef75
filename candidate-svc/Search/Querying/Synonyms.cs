namespace Splitrail.CandidateSvc.Search.Querying;

/// <summary>What else items may say for words of a query. Phrases are compared by the keys of their words.</summary>
internal sealed class Synonyms
{
    private readonly Dictionary<string, List<(string[] Phrase, List<string[]> Others)>> _byFirst = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<(string[] Phrase, List<string[]> Others)>>.AlternateLookup<ReadOnlySpan<char>> _bySpan;

    public Synonyms() => _bySpan = _byFirst.GetAlternateLookup<ReadOnlySpan<char>>();

    public static Synonyms None { get; } = new();

    /// <summary>From now on <paramref name="phrase"/> also means <paramref name="other"/>.</summary>
    public void Add(string[] phrase, string[] other)
    {
        if (!_byFirst.TryGetValue(phrase[0], out var rules))
            _byFirst.Add(phrase[0], rules = []);
        var at = rules.FindIndex(rule => rule.Phrase.SequenceEqual(phrase));
        if (at < 0)
        {
            // The longest that fits is taken, so it stands first.
            at = rules.FindIndex(rule => rule.Phrase.Length < phrase.Length) is >= 0 and var shorter ? shorter : rules.Count;
            rules.Insert(at, (phrase, []));
        }

        if (!rules[at].Others.Exists(known => known.SequenceEqual(other)))
            rules[at].Others.Add(other);
    }

    /// <summary>What the longest known phrase that begins at a word may also be; null for none.</summary>
    public List<string[]>? Find(QueryWords words, int at, out int taken)
    {
        taken = 0;
        if (!_bySpan.TryGetValue(words[words[at].Key], out var rules))
            return null;
        foreach (var (phrase, others) in rules)
        {
            if (!Begins(words, at, phrase))
                continue;
            taken = phrase.Length;
            return others;
        }

        return null;
    }

    private static bool Begins(QueryWords words, int at, string[] phrase)
    {
        for (var word = 0; word < phrase.Length; word++)
        {
            if (at + word >= words.Count || !words[words[at + word].Key].SequenceEqual(phrase[word]))
                return false;
        }

        return true;
    }
}
