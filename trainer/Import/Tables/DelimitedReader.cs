namespace Splitrail.Trainer.Import.Tables;

/// <summary>
/// Records of a delimited text (RFC 4180 when quoted). Quotes that do not close are kept from swallowing the rest of the file: the record is
/// given up as <see cref="Broken"/> and reading goes on with the line after its first.
/// </summary>
internal sealed class DelimitedReader(TextReader text, char delimiter, bool quoted)
{
    private const int MaxLinesOfRecord = 32;

    private readonly Queue<string> _unread = new();
    private readonly List<(int Start, int Length, bool Escaped)> _fields = [];
    private string _record = "";
    private long _linesRead;

    private enum Quoting
    {
        Whole,
        Open,
        Wrong,
    }

    /// <summary>Line the record begins on, from 1.</summary>
    public long Line { get; private set; }

    public int Count => _fields.Count;

    /// <summary>The quotes of this record do not match; its fields are the raw ones of its first line.</summary>
    public bool Broken { get; private set; }

    public ReadOnlySpan<char> this[int field]
    {
        get
        {
            var (start, length, escaped) = _fields[field];
            var raw = _record.AsSpan(start, length);
            return escaped ? raw.ToString().Replace("\"\"", "\"", StringComparison.Ordinal) : raw;
        }
    }

    /// <summary>Moves to the next record, over blank lines; false at the end.</summary>
    public bool Read()
    {
        do
        {
            if (NextLine() is not { } line) return false;
            _record = line;
        }
        while (_record.Length == 0);
        Line = _linesRead;
        Broken = false;
        if (quoted && _record.Contains('"')) ReadQuoted();
        else SplitPlain();
        return true;
    }

    private void ReadQuoted()
    {
        var first = _record;
        var taken = new List<string>();
        var quoting = SplitQuoted();
        while (quoting == Quoting.Open && taken.Count < MaxLinesOfRecord && NextLine() is { } line)
        {
            taken.Add(line);
            _record += '\n' + line;
            quoting = SplitQuoted();
        }
        if (quoting == Quoting.Whole) return;
        Broken = true;
        _record = first;
        PutBack(taken);
        SplitPlain();
    }

    private string? NextLine()
    {
        var line = _unread.Count > 0 ? _unread.Dequeue() : text.ReadLine();
        if (line is not null) _linesRead++;
        return line;
    }

    private void PutBack(List<string> lines)
    {
        string[] rest = [.. lines, .. _unread];
        _unread.Clear();
        foreach (var line in rest) _unread.Enqueue(line);
        _linesRead -= lines.Count;
    }

    private void SplitPlain()
    {
        _fields.Clear();
        for (var start = 0; start <= _record.Length;)
        {
            var end = _record.IndexOf(delimiter, start);
            if (end < 0) end = _record.Length;
            _fields.Add((start, end - start, false));
            start = end + 1;
        }
    }

    private Quoting SplitQuoted()
    {
        _fields.Clear();
        for (var start = 0; start <= _record.Length;)
        {
            if (start == _record.Length || _record[start] != '"')
            {
                var end = _record.IndexOf(delimiter, start);
                if (end < 0) end = _record.Length;
                _fields.Add((start, end - start, false));
                start = end + 1;
                continue;
            }
            var quoting = QuotedField(start + 1, out var close);
            if (quoting != Quoting.Whole) return quoting;
            start = close + 2;
        }
        return Quoting.Whole;
    }

    private Quoting QuotedField(int start, out int close)
    {
        var escaped = false;
        for (close = _record.IndexOf('"', start); close >= 0; close = _record.IndexOf('"', close + 2))
        {
            if (close + 1 == _record.Length || _record[close + 1] == delimiter)
            {
                _fields.Add((start, close - start, escaped));
                return Quoting.Whole;
            }
            if (_record[close + 1] != '"') return Quoting.Wrong;
            escaped = true;
        }
        return Quoting.Open;
    }
}
