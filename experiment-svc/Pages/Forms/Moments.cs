using System.Globalization;

namespace Splitrail.ExperimentSvc.Pages.Forms;

/// <summary>Moments as a field of type <c>datetime-local</c> has them; they are UTC.</summary>
internal static class Moments
{
    private const string Format = "yyyy-MM-dd'T'HH:mm";

    public static string Field(DateTimeOffset? at) => at?.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture) ?? "";

    /// <summary>Null when it is none.</summary>
    public static DateTimeOffset? Read(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;
}
