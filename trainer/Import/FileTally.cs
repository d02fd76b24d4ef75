namespace Splitrail.Trainer.Import;

/// <summary>What became of the rows of one file: read = kept + dropped + bad.</summary>
internal sealed class FileTally(string file, ImportLedger ledger)
{
    private readonly OrderedDictionary<string, long> _dropped = [];

    public string File { get; } = file;

    public long Read { get; private set; }

    public long Kept { get; private set; }

    public long Bad { get; private set; }

    /// <summary>Rows left out on purpose, by the filter that did it.</summary>
    public IReadOnlyDictionary<string, long> Dropped => _dropped;

    public void CountRead() => Read++;

    public void Keep() => Kept++;

    public void Drop(string filter) => _dropped[filter] = _dropped.GetValueOrDefault(filter) + 1;

    /// <summary>True, and counted, when the row is bad.</summary>
    public bool Refuses(Tables.TableRow row)
    {
        if (row.Fault is null) return false;
        Refuse(row.Line, row.Fault);
        return true;
    }

    public void Refuse(long line, string reason)
    {
        Bad++;
        ledger.Note(new BadRow(File, line, reason));
    }
}
