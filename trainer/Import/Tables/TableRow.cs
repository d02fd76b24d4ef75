using System.Globalization;
using Splitrail.Datasets;

namespace Splitrail.Trainer.Import.Tables;

/// <summary>
/// The current row of a table. Reading a field that cannot be read notes the row's first <see cref="Fault"/> and gives a default, so that a format
/// reads all its fields first and asks once.
/// </summary>
internal sealed class TableRow(DelimitedReader reader, IReadOnlyList<string> header)
{
    private const int ShownCharacters = 60;
    private static readonly string[] IsoFormats =
    [
        "yyyy-MM-ddTHH:mm:ssZ", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-ddTHH:mmK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm", "yyyy-MM-dd",
    ];
    private static readonly long LatestMs = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    public long Line => reader.Line;

    /// <summary>Why the row is bad, with the column and the value; null while it is good.</summary>
    public string? Fault { get; private set; }

    /// <summary>The field without surrounding blanks; empty when the column is not in the table.</summary>
    public ReadOnlySpan<char> Text(int column)
    {
        if (column < 0) return default;
        if (column < reader.Count) return reader[column].Trim();
        Fault ??= $"has {reader.Count} columns where the header has {header.Count}";
        return default;
    }

    public string Id(int column)
    {
        var text = Text(column);
        if (DatasetIds.FaultOf(text) is { } fault) Fail(column, text, fault);
        return text.ToString();
    }

    /// <summary>Null when the field is empty.</summary>
    public string? OptionalId(int column) => Text(column).IsEmpty ? null : Id(column);

    public int Integer(int column)
    {
        var text = Text(column);
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) Fail(column, text, "is not a whole number");
        return number;
    }

    /// <summary>A decimal number in millionths.</summary>
    public long Micros(int column)
    {
        const decimal Largest = 1_000_000_000m;
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        var text = Text(column);
        if (decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) <= Largest)
            return (long)Math.Round(number * 1_000_000m, MidpointRounding.AwayFromZero);
        Fail(column, text, "is not a number");
        return 0;
    }

    /// <summary>Unix milliseconds of a number of seconds (1) or milliseconds (1000) since 1970.</summary>
    public long UnixTime(int column, int unitsPerSecond)
    {
        var text = Text(column);
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var time) && time <= LatestMs / 1000 * unitsPerSecond)
            return time * 1000 / unitsPerSecond;
        Fail(column, text, unitsPerSecond == 1 ? "is not a time in seconds since 1970" : "is not a time in milliseconds since 1970");
        return 0;
    }

    /// <summary>Unix milliseconds of a date in one of the formats; UTC when it names no offset.</summary>
    public long Time(int column, string[] formats)
    {
        const DateTimeStyles Style = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        var text = Text(column);
        if (DateTimeOffset.TryParseExact(text, formats, CultureInfo.InvariantCulture, Style, out var time)) return time.ToUnixTimeMilliseconds();
        Fail(column, text, $"is not a time like {formats[0]}");
        return 0;
    }

    /// <summary>Unix milliseconds of an ISO 8601 date and time, or of a number: seconds since 1970 when it is small, else milliseconds.</summary>
    public long AnyTime(int column)
    {
        const long SmallestMilliseconds = 100_000_000_000;
        return long.TryParse(Text(column), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? UnixTime(column, number < SmallestMilliseconds ? 1 : 1000)
            : Time(column, IsoFormats);
    }

    public void Fail(int column, ReadOnlySpan<char> value, string reason)
    {
        if (Fault is not null) return;
        var shown = value.Length > ShownCharacters ? $"{value[..ShownCharacters]}…" : value.ToString();
        Fault = $"{header[column]} '{Printable(shown)}' {reason}";
    }

    internal void Begin() => Fault = reader.Broken ? "has quotes that do not match" : null;

    private static string Printable(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '\uFFFD' : c));
}
