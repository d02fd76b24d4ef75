using System.Globalization;
using System.Text;

namespace Splitrail.ExperimentSvc.Ingestion;

/// <summary>Which recommended items a person was shown and how often, as the text it is kept in: <c>times=item</c> by item, parted by blanks, which are in no id.</summary>
internal static class ShownItems
{
    /// <param name="outcomes">Of one person; an item of one request counts once, as in click-through.</param>
    public static string Of(IReadOnlyCollection<Outcome> outcomes)
    {
        var text = new StringBuilder();
        foreach (var (item, times) in QuantityCounts.Shown(outcomes).Keys.CountBy(static key => key.Item, StringComparer.Ordinal).OrderBy(static one => one.Key, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"{(text.Length == 0 ? "" : " ")}{times}={item}");
        return text.ToString();
    }

    public static IEnumerable<(string Item, long Times)> Read(string text)
    {
        foreach (var part in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            yield return (part[(at + 1)..], long.Parse(part.AsSpan(0, at), NumberStyles.None, CultureInfo.InvariantCulture));
        }
    }
}
