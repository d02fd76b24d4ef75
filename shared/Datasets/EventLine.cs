using Splitrail.Contracts;
using System.Buffers.Text;
using System.Text;

namespace Splitrail.Datasets;

/// <summary>One event as the bytes of its line.</summary>
internal static class EventLine
{
    // Three ids of up to 256 UTF-16 units (3 bytes each), a type, three numbers and the separators.
    public const int MaxBytes = (3 * ShopIds.MaxLength * 3) + 128;

    /// <summary>Writes the line with its newline; returns its length.</summary>
    public static int Format(in EventRow row, Span<byte> line)
    {
        var used = Number(row.TimestampMs, line, 0);
        used = Text(row.Type, line, used);
        used = Text(row.UserId, line, used);
        used = Text(row.SessionId, line, used);
        used = Text(row.ItemId, line, used);
        used = Number(row.Quantity, line, used);
        used = Number(row.ValueMicros, line, used);
        line[used - 1] = (byte)'\n';
        return used;
    }

    /// <summary>Reads a line without its newline; returns why it cannot be read, or null.</summary>
    public static string? Parse(ReadOnlySpan<byte> line, Utf8Interner types, Utf8Interner ids, out EventRow row)
    {
        row = default;
        if (!TakeNumber(ref line, out long time)) return "time_ms is not a number";
        if (!types.TryGet(Take(ref line), out var type)) return "type is unknown";
        var user = ids.Get(Take(ref line));
        var session = ids.Get(Take(ref line));
        var item = ids.Get(Take(ref line));
        if (item is null) return "item_id is empty";
        if (user is null && session is null) return "user_id and session_id are both empty";
        if (!TakeNumber(ref line, out var quantity) || quantity is < int.MinValue or > int.MaxValue) return "quantity is not a number";
        if (!TakeNumber(ref line, out var value)) return "value_micros is not a number";
        if (!line.IsEmpty) return "there are more than 7 columns";
        row = new EventRow(time, type, user, session, item, (int)quantity, value);
        return null;
    }

    private static int Number(long number, Span<byte> line, int used)
    {
        number.TryFormat(line[used..], out var written);
        line[used + written] = (byte)'\t';
        return used + written + 1;
    }

    private static int Text(string? text, Span<byte> line, int used)
    {
        if (text is not null) used += Encoding.UTF8.GetBytes(text, line[used..]);
        line[used] = (byte)'\t';
        return used + 1;
    }

    private static ReadOnlySpan<byte> Take(scoped ref ReadOnlySpan<byte> line)
    {
        var tab = line.IndexOf((byte)'\t');
        var column = tab < 0 ? line : line[..tab];
        line = tab < 0 ? default : line[(tab + 1)..];
        return column;
    }

    private static bool TakeNumber(ref ReadOnlySpan<byte> line, out long number)
    {
        var column = Take(ref line);
        return Utf8Parser.TryParse(column, out number, out var consumed) && consumed == column.Length;
    }
}
