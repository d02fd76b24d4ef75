namespace Splitrail.Trainer.Import;

/// <summary>Accounts for every row of an import.</summary>
internal sealed class ImportLedger
{
    public const int ShownBadRows = 10;

    private readonly List<FileTally> _files = [];
    private readonly List<BadRow> _badRows = [];

    public IReadOnlyList<FileTally> Files => _files;

    /// <summary>The first ones.</summary>
    public IReadOnlyList<BadRow> BadRows => _badRows;

    public long Bad => _files.Sum(file => file.Bad);

    public FileTally Open(string file)
    {
        var tally = new FileTally(file, this);
        _files.Add(tally);
        return tally;
    }

    internal void Note(BadRow row)
    {
        if (_badRows.Count < ShownBadRows) _badRows.Add(row);
    }
}

/// <param name="File">Its name.</param>
/// <param name="Line">Counted from 1, the header included.</param>
/// <param name="Reason">With the column and the value.</param>
internal sealed record BadRow(string File, long Line, string Reason);
