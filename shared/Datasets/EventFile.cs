using Splitrail.Contracts;

namespace Splitrail.Datasets;

/// <summary>Reads <c>events.tsv</c> line by line out of one large buffer.</summary>
internal sealed class EventFile(string path) : IDisposable
{
    private readonly FileStream _file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
    private readonly Utf8Interner _types = new(EventTypes.All);
    private readonly Utf8Interner _ids = new();
    private readonly byte[] _buffer = new byte[1 << 20];
    private int _start;
    private int _end;
    private long _line;

    /// <exception cref="DatasetException">The header is not the expected one.</exception>
    public void ReadHeader()
    {
        if (TryReadLine(out var header) && header.SequenceEqual(DatasetFiles.EventsHeader[..^1])) return;
        throw new DatasetException($"{path} does not start with the header of an event file: it is damaged or of another version; import it again");
    }

    /// <summary>The next event; false at the end.</summary>
    /// <exception cref="DatasetException">The line cannot be read.</exception>
    public bool TryRead(out EventRow row)
    {
        row = default;
        if (!TryReadLine(out var line)) return false;
        if (EventLine.Parse(line, _types, _ids, out row) is { } fault) throw Damaged(fault);
        return true;
    }

    public void Dispose() => _file.Dispose();

    private bool TryReadLine(out ReadOnlySpan<byte> line)
    {
        int length;
        while ((length = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n')) < 0)
        {
            if (Fill()) continue;
            line = default;
            // The writer ends every line: a rest without a newline is a cut file.
            return _start == _end ? false : throw Damaged("the file ends within a line");
        }
        line = _buffer.AsSpan(_start, length);
        _start += length + 1;
        _line++;
        return true;
    }

    private bool Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        if (_end == _buffer.Length) throw Damaged("a line is longer than the buffer");
        var read = _file.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        return read > 0;
    }

    private DatasetException Damaged(string fault) => new($"{path} is damaged after line {_line}: {fault}; import the data again");
}
