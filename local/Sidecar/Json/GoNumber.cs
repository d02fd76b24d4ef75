using System.Globalization;

namespace Splitrail.Local.Sidecar.Json;

/// <summary>A float64 as Go's JSON encoder prints it: shortest digits, plain between 1e-6 and 1e21, else with an exponent.</summary>
internal static class GoNumber
{
    public static string Format(double value)
    {
        var magnitude = Math.Abs(value);
        if (magnitude != 0 && magnitude is < 1e-6 or >= 1e21)
            return Exponent(value.ToString("E16", CultureInfo.InvariantCulture), value);
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        return shortest.Contains('E', StringComparison.Ordinal) ? Plain(shortest) : shortest;
    }

    private static string Exponent(string fallback, double value)
    {
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        if (!shortest.Contains('E', StringComparison.Ordinal))
            shortest = fallback;
        var e = shortest.IndexOf('E', StringComparison.Ordinal);
        var exponent = int.Parse(shortest.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return $"{shortest[..e]}e{(exponent < 0 ? "-" : "+")}{Math.Abs(exponent):00}".Replace("e-0", "e-", StringComparison.Ordinal);
    }

    private static string Plain(string shortest)
    {
        var e = shortest.IndexOf('E', StringComparison.Ordinal);
        var exponent = int.Parse(shortest.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var sign = shortest[0] == '-' ? "-" : "";
        var mantissa = shortest[sign.Length..e];
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal);
        var point = mantissa.IndexOf('.', StringComparison.Ordinal) is var dot and >= 0 ? dot : digits.Length;
        var position = point + exponent;
        return position <= 0 ? $"{sign}0.{new string('0', -position)}{digits}"
            : position >= digits.Length ? sign + digits + new string('0', position - digits.Length)
            : $"{sign}{digits[..position]}.{digits[position..]}";
    }
}
