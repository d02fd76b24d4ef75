using System.Buffers;
using System.Globalization;

namespace Splitrail.Local.Sidecar.Resources;

/// <summary>Durations as Go writes them: <c>300ms</c>, <c>1m30s</c>, <c>1.5h</c>.</summary>
internal static class GoDuration
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    private static readonly (string Unit, double Milliseconds)[] Units =
        [("ms", 1), ("us", 1e-3), ("µs", 1e-3), ("ns", 1e-6), ("h", 3_600_000), ("m", 60_000), ("s", 1000)];

    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        var rest = text.AsSpan();
        if (rest.IsEmpty)
            return false;
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExcept(Digits);
            if (digits <= 0 || !double.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
                return false;
            rest = rest[digits..];
            if (!TryTakeUnit(ref rest, out var milliseconds))
                return false;
            duration += TimeSpan.FromMilliseconds(amount * milliseconds);
        }

        return true;
    }

    private static bool TryTakeUnit(ref ReadOnlySpan<char> rest, out double milliseconds)
    {
        foreach (var (unit, factor) in Units)
        {
            if (!rest.StartsWith(unit))
                continue;
            rest = rest[unit.Length..];
            milliseconds = factor;
            return true;
        }

        milliseconds = 0;
        return false;
    }
}
