using System.Globalization;
using System.Text;

namespace Splitrail.Telemetry;

/// <summary>Writes instruments in one of the two formats. Samples are the same in both, so that a series does not depend on who scrapes.</summary>
internal sealed class ExpositionWriter(ExpositionFormat format)
{
    private readonly StringBuilder _text = new(16 * 1024);

    private bool IsOpenMetrics => format == ExpositionFormat.OpenMetrics;

    public void Write(InstrumentSeries instrument)
    {
        var name = PrometheusNames.Metric(instrument.Instrument);
        var kind = PrometheusNames.Kind(instrument.Instrument, instrument.Bounds is not null);
        WriteHead(name, kind, instrument.Instrument.Description);
        foreach (var series in instrument.All)
        {
            var values = series.Read();
            if (instrument.Bounds is { } bounds)
                WriteHistogram(name, series.Labels, bounds, values);
            else
                Line(name, series.Labels, values.Sum);
        }
    }

    public string Finish()
    {
        if (IsOpenMetrics)
            _text.Append("# EOF\n");
        return _text.ToString();
    }

    private void WriteHead(string name, string kind, string? description)
    {
        // To OpenMetrics _total belongs to the sample, not to the family.
        var family = IsOpenMetrics && kind == PrometheusNames.Counter ? name[..^PrometheusNames.Total.Length] : name;
        if (description is { Length: > 0 })
            _text.Append("# HELP ").Append(family).Append(' ').Append(PrometheusNames.Escape(description)).Append('\n');
        _text.Append("# TYPE ").Append(family).Append(' ').Append(kind).Append('\n');
    }

    private void WriteHistogram(string name, string labels, double[] bounds, SeriesValues values)
    {
        var prefix = labels.Length > 0 ? labels + "," : "";
        long below = 0;
        for (var i = 0; i <= bounds.Length; i++)
        {
            below += values.Buckets[i];
            Line(name + "_bucket", $"{prefix}le=\"{Bound(bounds, i)}\"", below, values.Exemplars?[i]);
        }

        Line(name + "_sum", labels, values.Sum);
        Line(name + "_count", labels, values.Count);
    }

    /// <summary>As OpenMetrics has it, "1.0" and not "1": in both formats, or a bucket would be two series.</summary>
    private static string Bound(double[] bounds, int bucket) =>
        bucket == bounds.Length ? "+Inf" : double.IsInteger(bounds[bucket]) ? bounds[bucket].ToString("0.0", CultureInfo.InvariantCulture) : Number(bounds[bucket]);

    private void Line(string name, string labels, double value, Exemplar? exemplar = null)
    {
        _text.Append(name);
        if (labels.Length > 0)
            _text.Append('{').Append(labels).Append('}');
        _text.Append(' ').Append(Number(value));
        if (IsOpenMetrics && exemplar is { At: > 0 } one)
            _text.Append(" # {trace_id=\"").Append(one.TraceId.ToHexString()).Append("\"} ").Append(Number(one.Value)).Append(' ').Append(one.At.ToString("0.000", CultureInfo.InvariantCulture));
        _text.Append('\n');
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
