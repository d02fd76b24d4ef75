using Splitrail.CandidateSvc.Search.Querying;
using Splitrail.CandidateSvc.Search.Text;

namespace Splitrail.CandidateSvc.Search;

/// <summary>Settings <c>CandidateSvc:Search:…</c>.</summary>
/// <param name="Analyzer">Language of titles, attributes and queries: setting <c>Analyzer</c>.</param>
/// <param name="Synonyms">Read from the file that the setting <c>Synonyms</c> names.</param>
internal sealed record SearchOptions(ITextAnalyzer Analyzer, Synonyms Synonyms)
{
    public static SearchOptions From(IConfigurationSection section, List<string> faults)
    {
        var name = section[nameof(Analyzer)] ?? Analyzers.Default;
        if (Analyzers.Table.Find(name) is not { } analyzer)
        {
            faults.Add($"{section.Path}:{nameof(Analyzer)} is '{name}': give one of {string.Join(", ", Analyzers.Table.Names)}.");
            analyzer = Analyzers.Table.Get(Analyzers.Default);
        }

        return new SearchOptions(analyzer, ReadSynonyms(section[nameof(Synonyms)], section.Path, analyzer, faults));
    }

    private static Synonyms ReadSynonyms(string? path, string section, ITextAnalyzer analyzer, List<string> faults)
    {
        if (path is not { Length: > 0 })
            return Synonyms.None;
        try
        {
            return SynonymsFile.Read(path, analyzer, faults);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            faults.Add($"{section}:{nameof(Synonyms)} is '{path}': {unreadable.Message} Give a file with rules such as 'sofa, couch'.");
            return Synonyms.None;
        }
    }
}
