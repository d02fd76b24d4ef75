using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Splitrail.Telemetry;

/// <summary>
/// Writes System.Diagnostics.Metrics as Prometheus text or OpenMetrics. Several services may live in one process: only meters made by
/// this host's own <see cref="IMeterFactory"/> are taken, and those of the process: the runtime's and the pools of PostgreSQL.
/// </summary>
public sealed class PrometheusExporter(IMeterFactory meters, TimeProvider time) : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<Instrument, InstrumentSeries> _instruments = new();

    public void Start()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, meters) || IsOfProcess(instrument))
                listener.EnableMeasurementEvents(instrument, _instruments.GetOrAdd(instrument, Create));
        };
        _listener.SetMeasurementEventCallback<double>(static (instrument, value, tags, state) => Record(instrument, value, tags, state));
        _listener.SetMeasurementEventCallback<float>(static (instrument, value, tags, state) => Record(instrument, value, tags, state));
        _listener.SetMeasurementEventCallback<long>(static (instrument, value, tags, state) => Record(instrument, value, tags, state));
        _listener.SetMeasurementEventCallback<int>(static (instrument, value, tags, state) => Record(instrument, value, tags, state));
        _listener.Start();
    }

    /// <summary>One scrape. Metrics in order of name, each with HELP and TYPE: those too that measured nothing yet, so that alerts on what should not happen can be held to a name.</summary>
    public string Write(ExpositionFormat format = ExpositionFormat.Text)
    {
        _listener.RecordObservableInstruments();
        var writer = new ExpositionWriter(format);
        foreach (var series in _instruments.Values.OrderBy(static one => one.Instrument.Name, StringComparer.Ordinal))
            writer.Write(series);
        return writer.Finish();
    }

    public void Dispose() => _listener.Dispose();

    /// <summary>The runtime, and the pools of PostgreSQL; of Npgsql's other instruments one has the name of ours.</summary>
    private static bool IsOfProcess(Instrument instrument) =>
        instrument.Meter.Name == "System.Runtime" || (instrument.Meter.Name == "Npgsql" && instrument.Name.StartsWith("db.client.connection.", StringComparison.Ordinal));

    private InstrumentSeries Create(Instrument instrument) => new(instrument, BoundsOf(instrument), time);

    private static double[]? BoundsOf(Instrument instrument) => instrument switch
    {
        Histogram<double> histogram => [.. DurationBounds.Of(histogram)],
        Histogram<long> histogram => histogram.Advice?.HistogramBucketBoundaries?.Select(static bound => (double)bound).ToArray() ?? DurationBounds.Dense,
        Histogram<int> histogram => histogram.Advice?.HistogramBucketBoundaries?.Select(static bound => (double)bound).ToArray() ?? DurationBounds.Dense,
        _ => null,
    };

    private static void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state) =>
        ((InstrumentSeries)state!).Record(value, tags, replace: instrument.IsObservable || instrument is Gauge<double> or Gauge<long> or Gauge<int>);
}
