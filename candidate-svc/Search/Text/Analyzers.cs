using Splitrail.Policies;

namespace Splitrail.CandidateSvc.Search.Text;

/// <summary>The built-in analyzers; option <c>CandidateSvc:Search:Analyzer</c> names one.</summary>
internal static class Analyzers
{
    public const string Default = English;
    public const string Plain = "plain";
    public const string English = "english";
    public const string Vietnamese = "vietnamese";

    public static PolicyTable<ITextAnalyzer> Table { get; } = new("analyzer", [new PlainAnalyzer(), new EnglishAnalyzer(), new VietnameseAnalyzer()]);
}
