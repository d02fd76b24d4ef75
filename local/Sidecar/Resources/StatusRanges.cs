using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Splitrail.Local.Sidecar.Resources;

/// <summary>HTTP statuses as <c>429,502-504</c>.</summary>
internal sealed record StatusRanges(IReadOnlyList<(int From, int To)> Ranges)
{
    public static bool TryParse(string text, [NotNullWhen(true)] out StatusRanges? ranges)
    {
        ranges = null;
        List<(int, int)> parsed = [];
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var ends = part.Split('-', StringSplitOptions.TrimEntries);
            if (ends.Length > 2 || !Status(ends[0], out var from) || !Status(ends[^1], out var to) || from > to)
                return false;
            parsed.Add((from, to));
        }

        ranges = new StatusRanges(parsed);
        return true;
    }

    public bool Contains(int status)
    {
        foreach (var (from, to) in Ranges)
        {
            if (status >= from && status <= to)
                return true;
        }

        return false;
    }

    private static bool Status(string text, out int status) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out status) && status is >= 100 and <= 599;
}
