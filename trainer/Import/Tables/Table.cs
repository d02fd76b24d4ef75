using Splitrail.Trainer.Terminal;

namespace Splitrail.Trainer.Import.Tables;

/// <summary>A delimited file with a header line.</summary>
internal sealed class Table : IDisposable
{
    private readonly SourceFile _file;
    private readonly TextReader _text;
    private readonly DelimitedReader _reader;
    private readonly IWorkStep _step;

    private Table(SourceFile file, IWorkLog log, char delimiter, bool quoted)
    {
        _file = file;
        _step = log.Step($"reading {file.Name}");
        _text = file.OpenText(_step);
        _reader = new DelimitedReader(_text, delimiter, quoted);
        try
        {
            Header = ReadRecord() ? [.. Enumerable.Range(0, _reader.Count).Select(i => _reader[i].Trim().ToString())] : [];
        }
        catch (InputException)
        {
            Dispose();
            throw;
        }
    }

    public IReadOnlyList<string> Header { get; }

    /// <summary>The header for messages: shortened, and without what a terminal would act on.</summary>
    public string HeaderText
    {
        get
        {
            const int Shown = 200;
            var text = string.Join(", ", Header);
            return string.Concat((text.Length > Shown ? text[..Shown] + "…" : text).Select(c => char.IsControl(c) ? '\uFFFD' : c));
        }
    }

    /// <summary>RFC 4180 quoting; the header tells the delimiter: comma, semicolon or tab.</summary>
    public static Table Csv(SourceFile file, IWorkLog log) =>
        new(file, log, DelimiterOf(file.FirstLine()), quoted: true);

    /// <summary>Tabs, and quotes that mean nothing.</summary>
    public static Table TabSeparated(SourceFile file, IWorkLog log) => new(file, log, '\t', quoted: false);

    /// <summary>Index of the column; -1 when there is none.</summary>
    public int Find(string name)
    {
        for (var i = 0; i < Header.Count; i++)
        {
            if (Header[i].Equals(name, StringComparison.OrdinalIgnoreCase)) return i;
        }
        return -1;
    }

    /// <summary>Indexes of columns that must be there.</summary>
    /// <exception cref="InputException">One is missing.</exception>
    public int[] Require(params string[] names)
    {
        var missing = names.Where(name => Find(name) < 0).ToList();
        if (missing.Count == 0) return [.. names.Select(Find)];
        throw new InputException(
            $"{_file.Path}: no column {string.Join(", ", missing)}; expected the header '{string.Join(", ", names)}', found '{HeaderText}'");
    }

    /// <summary>The rows after the header, one object reused, each counted as read.</summary>
    public IEnumerable<TableRow> Rows(FileTally tally)
    {
        var row = new TableRow(_reader, Header);
        while (ReadRecord())
        {
            row.Begin();
            tally.CountRead();
            yield return row;
        }
    }

    public void Dispose()
    {
        _text.Dispose();
        _step.Dispose();
    }

    private bool ReadRecord()
    {
        try
        {
            return _reader.Read();
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw new InputException($"{_file.Path} cannot be read beyond line {_reader.Line}: {e.Message}; is the file cut or damaged?", e);
        }
    }

    private static char DelimiterOf(string header) => new[] { ',', ';', '\t' }.MaxBy(delimiter => header.Count(c => c == delimiter));
}
