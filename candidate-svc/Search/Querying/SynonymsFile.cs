using Splitrail.CandidateSvc.Search.Text;

namespace Splitrail.CandidateSvc.Search.Querying;

/// <summary>
/// Reads synonyms, a rule a line: <c>sofa, couch, settee</c> mean each other, <c>tv =&gt; television, tv set</c> widens what stands before the arrow only.
/// What follows <c>#</c> is a remark.
/// </summary>
internal static class SynonymsFile
{
    private const int MostWords = 6;
    private const string Arrow = "=>";

    /// <param name="path">The file, UTF-8.</param>
    /// <param name="analyzer">The language of queries and items.</param>
    /// <param name="faults">Gets one message for each wrong line.</param>
    public static Synonyms Read(string path, ITextAnalyzer analyzer, List<string> faults)
    {
        var synonyms = new Synonyms();
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (line.Split('#')[0].Trim() is { Length: > 0 } rule && Take(rule, analyzer, synonyms) is { } fault)
                faults.Add($"'{path}', line {number}: '{rule}' {fault}");
        }

        return synonyms;
    }

    private static string? Take(string rule, ITextAnalyzer analyzer, Synonyms synonyms)
    {
        var sides = rule.Split(Arrow);
        if (sides.Length > 2)
            return $"has more than one {Arrow}.";
        var (from, to) = (Phrases(sides[0], analyzer), Phrases(sides[^1], analyzer));
        if (from.Concat(to).Any(static phrase => phrase.Length is 0 or > MostWords))
            return $"has a phrase of no word or of more than {MostWords}: give phrases with commas between them.";
        if (sides.Length == 1 && from.Length < 2)
            return $"names one phrase only: give two or more with commas between them, or 'this {Arrow} that'.";
        foreach (var phrase in from)
            foreach (var other in to.Where(other => !other.SequenceEqual(phrase)))
                synonyms.Add(phrase, other);
        return null;
    }

    private static string[][] Phrases(string side, ITextAnalyzer analyzer) => [.. side.Split(',').Select(phrase => Keys(phrase, analyzer))];

    private static string[] Keys(string phrase, ITextAnalyzer analyzer)
    {
        var words = new QueryWords();
        words.Read(phrase, analyzer);
        return [.. Enumerable.Range(0, words.Count).Select(word => words[words[word].Key].ToString())];
    }
}
