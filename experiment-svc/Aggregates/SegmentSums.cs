using System.Text;

namespace Splitrail.ExperimentSvc.Aggregates;

/// <summary>Exact sums of all metrics as one text: <c>metric:x=1 xx=1;metric:…</c>. Together, because a change of one person changes most of them.</summary>
internal static class SegmentSums
{
    public static string Write(IEnumerable<KeyValuePair<string, ExactSums>> sums)
    {
        var text = new StringBuilder();
        foreach (var (metric, value) in sums.Where(static one => one.Value != default).OrderBy(static one => one.Key, StringComparer.Ordinal))
            text.Append(text.Length == 0 ? "" : ";").Append(metric).Append(':').Append(value);
        return text.ToString();
    }

    public static Dictionary<string, ExactSums> Read(string text)
    {
        Dictionary<string, ExactSums> sums = new(StringComparer.Ordinal);
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = part.IndexOf(':', StringComparison.Ordinal);
            sums[part[..at]] = ExactSums.Parse(part[(at + 1)..]);
        }

        return sums;
    }
}
