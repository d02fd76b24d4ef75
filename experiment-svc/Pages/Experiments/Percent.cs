using System.Globalization;

namespace Splitrail.ExperimentSvc.Pages.Experiments;

/// <summary>Percentages as people type them: <c>80</c>, <c>12.5 %</c>, <c>12,5</c>.</summary>
internal static class Percent
{
    /// <summary>0..1; null when it is none.</summary>
    public static double? Read(string text)
    {
        var clean = text.Trim().TrimEnd('%').TrimEnd().Replace(',', '.');
        return decimal.TryParse(clean, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent is >= 0 and <= 100 ? (double)(percent / 100) : null;
    }

    /// <summary>The same without bounds, for changes; null for an empty field too.</summary>
    public static double? ReadAny(string text)
    {
        var clean = text.Trim().TrimEnd('%').TrimEnd().Replace(',', '.');
        return decimal.TryParse(clean, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var percent) ? (double)(percent / 100) : null;
    }
}
