using System.Globalization;
using System.Text;
using Splitrail.ExperimentSvc.Inference;
using Splitrail.ExperimentSvc.Metrics;

namespace Splitrail.ExperimentSvc.Ingestion;

/// <summary>What a person adds to one metric, in millionths.</summary>
/// <param name="Metric">Its name.</param>
/// <param name="X">Value or numerator.</param>
/// <param name="Y">Denominator.</param>
/// <param name="C">The value from before the exposure.</param>
internal readonly record struct AddedValue(string Metric, long X, long Y, long C)
{
    /// <param name="metric">The metric.</param>
    /// <param name="after">Quantities since the exposure.</param>
    /// <param name="before">Quantities from before it.</param>
    public static AddedValue Of(MetricDefinition metric, long[] after, long[] before)
    {
        var cap = metric.CapMicros ?? long.MaxValue;
        return new AddedValue(
            metric.Name,
            Math.Min(after[(int)metric.Numerator], cap),
            metric is { Kind: MetricKind.Ratio, Denominator: { } denominator } ? after[(int)denominator] : 0,
            metric.HasCovariate ? Math.Min(before[(int)metric.Numerator], cap) : 0);
    }
}

/// <summary>A person's values as the text they are kept in: <c>metric=x:y:c</c>, without what is 0, parted by semicolons.</summary>
internal static class AddedValues
{
    public static string Write(IEnumerable<AddedValue> values)
    {
        var text = new StringBuilder();
        foreach (var value in values.Where(static value => value is not { X: 0, Y: 0, C: 0 }))
            text.Append(CultureInfo.InvariantCulture, $"{(text.Length == 0 ? "" : ";")}{value.Metric}={value.X}:{value.Y}:{value.C}");
        return text.ToString();
    }

    public static IEnumerable<AddedValue> Read(string text)
    {
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            var numbers = part[(at + 1)..].Split(':');
            yield return new AddedValue(part[..at], long.Parse(numbers[0]), long.Parse(numbers[1]), long.Parse(numbers[2]));
        }
    }
}
