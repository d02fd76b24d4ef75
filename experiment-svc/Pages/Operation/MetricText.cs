using System.Globalization;

namespace Splitrail.ExperimentSvc.Pages.Operation;

/// <summary>A service's metrics in Prometheus' text format, as one replica wrote them.</summary>
internal sealed class MetricText
{
    private readonly ILookup<string, Sample> _samples;

    private MetricText(IEnumerable<Sample> samples) => _samples = samples.ToLookup(static sample => sample.Name, StringComparer.Ordinal);

    public static MetricText Empty { get; } = new([]);

    public static MetricText Parse(string text) => new(text.Split('\n').Where(static line => line.Length > 0 && line[0] != '#').Select(Read).OfType<Sample>());

    public IEnumerable<Sample> Of(string name) => _samples[name];

    /// <summary>The sum of all samples that have these labels; null when there is none.</summary>
    public double? Sum(string name, params (string Label, string Value)[] labels)
    {
        var found = Of(name).Where(sample => labels.All(label => sample[label.Label] == label.Value)).ToArray();
        return found.Length == 0 ? null : found.Sum(static sample => sample.Value);
    }

    /// <summary>Where a part of a histogram's values lies below, linear within its bucket; null while it is empty or that is beyond its last edge.</summary>
    /// <param name="name">Without <c>_bucket</c>.</param>
    /// <param name="part">0..1.</param>
    /// <param name="labels">Of the series to add up.</param>
    public double? Quantile(string name, double part, params (string Label, string Value)[] labels)
    {
        var buckets = Of(name + "_bucket").Where(sample => labels.All(label => sample[label.Label] == label.Value)).GroupBy(static sample => EdgeOf(sample["le"]))
            .Select(static bucket => (Edge: bucket.Key, Count: bucket.Sum(static sample => sample.Value))).OrderBy(static bucket => bucket.Edge).ToArray();
        if (buckets is [] || buckets[^1].Count <= 0)
            return null;
        var wanted = part * buckets[^1].Count;
        var (edge, count) = (0.0, 0.0);
        foreach (var bucket in buckets)
        {
            if (bucket.Count >= wanted)
                return double.IsPositiveInfinity(bucket.Edge) ? null : edge + ((bucket.Edge - edge) * (wanted - count) / (bucket.Count - count));
            (edge, count) = bucket;
        }

        return null;
    }

    private static double EdgeOf(string text) => text == "+Inf" ? double.PositiveInfinity : double.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>Null for what is no sample.</summary>
    private static Sample? Read(string line)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        var at = line.AsSpan().IndexOfAny('{', ' ');
        if (at <= 0)
            return null;
        var name = line[..at];
        if (line[at] == '{')
        {
            at++;
            while (at < line.Length && line[at] != '}')
            {
                var equals = line.IndexOf('=', at);
                var end = equals < 0 ? -1 : EndOfValue(line, equals + 2);
                if (end < 0)
                    return null;
                labels[line[at..equals]] = line[(equals + 2)..end].Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal).Replace(@"\\", @"\", StringComparison.Ordinal);
                at = end + 1 < line.Length && line[end + 1] == ',' ? end + 2 : end + 1;
            }

            at++;
        }

        // A timestamp or an exemplar may follow.
        var value = at < line.Length ? line[at..].TrimStart().Split(' ')[0] : "";
        return double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? new Sample(name, labels, number) : null;
    }

    private static int EndOfValue(string line, int from)
    {
        for (var i = from; i < line.Length; i++)
        {
            if (line[i] == '\\')
                i++;
            else if (line[i] == '"')
                return i;
        }

        return -1;
    }

    /// <param name="Name">With its suffix.</param>
    /// <param name="Labels">By name.</param>
    /// <param name="Value">The number.</param>
    internal sealed record Sample(string Name, IReadOnlyDictionary<string, string> Labels, double Value)
    {
        /// <summary>Empty when there is no such label.</summary>
        public string this[string label] => Labels.GetValueOrDefault(label, "");
    }
}
