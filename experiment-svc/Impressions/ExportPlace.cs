using System.Globalization;

namespace Splitrail.ExperimentSvc.Impressions;

/// <summary>Where an export goes on: all lists come first, then all outcomes.</summary>
/// <param name="SinceMs">What arrived earlier is not exported.</param>
/// <param name="IsOutcomes">The lists are through.</param>
/// <param name="ArrivedMs">Of the last row.</param>
/// <param name="Id">Of the last row.</param>
/// <param name="Unit">Of the last list.</param>
internal sealed record ExportPlace(long SinceMs, bool IsOutcomes, long ArrivedMs, string Id, string Unit)
{
    public static ExportPlace Start(long sinceMs) => new(sinceMs, false, sinceMs - 1, "", "");

    public ExportPlace AtOutcomes() => Start(SinceMs) with { IsOutcomes = true };

    public ExportPlace After(ServedRow row) => this with { ArrivedMs = row.ArrivedMs, Id = row.Id, Unit = row.Unit };

    /// <summary>For a query: no id has a comma.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{SinceMs},{(IsOutcomes ? 1 : 0)},{ArrivedMs},{Id},{Unit}");

    /// <returns>Null for what is no place.</returns>
    public static ExportPlace? Parse(string text)
    {
        var parts = text.Split(',');
        return parts is [var since, "0" or "1", var arrived, var id, var unit]
            && long.TryParse(since, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var sinceMs)
            && long.TryParse(arrived, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var arrivedMs)
            ? new ExportPlace(sinceMs, parts[1] == "1", arrivedMs, id, unit)
            : null;
    }
}
