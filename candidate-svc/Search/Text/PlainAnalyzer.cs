namespace Splitrail.CandidateSvc.Search.Text;

/// <summary>Words without their marks and nothing else: for catalogues of several languages.</summary>
internal sealed class PlainAnalyzer : ITextAnalyzer
{
    public string Name => Analyzers.Plain;

    public float KeyWeight => 1;

    public int Key(ReadOnlySpan<char> folded, Span<char> key)
    {
        folded.CopyTo(key);
        return folded.Length;
    }

    public int Written(ReadOnlySpan<char> word, ReadOnlySpan<char> folded, Span<char> written) => Key(folded, written);

    public bool IsFiller(ReadOnlySpan<char> word) => false;
}
