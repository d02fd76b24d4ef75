namespace Splitrail.CandidateSvc.Search.Indexing;

/// <summary>
/// The terms of a segment by number. A key stands as it is; a word as it is written, where that is not its key, stands behind <see cref="WrittenMark"/>,
/// so that the two never meet.
/// </summary>
internal sealed class TermTable
{
    public const char WrittenMark = '=';

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    private readonly List<string> _texts = [];

    public TermTable() => _bySpan = _numbers.GetAlternateLookup<ReadOnlySpan<char>>();

    public int Count => _texts.Count;

    public string this[int term] => _texts[term];

    /// <returns>-1 for a term no item has.</returns>
    public int Find(ReadOnlySpan<char> text) => _bySpan.TryGetValue(text, out var term) ? term : -1;

    public int FindOrAdd(ReadOnlySpan<char> text)
    {
        if (_bySpan.TryGetValue(text, out var term))
            return term;
        _texts.Add(text.ToString());
        _numbers.Add(_texts[^1], _texts.Count - 1);
        return _texts.Count - 1;
    }
}
