using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;

namespace Splitrail.Telemetry;

/// <summary>All series of one instrument: found without allocating, added under a lock.</summary>
internal sealed class InstrumentSeries(Instrument instrument, double[]? bounds, TimeProvider time)
{
    /// <summary>Past this many, measurements go to one overflow series: a tag with user input must not eat the memory.</summary>
    private const int MaxSeries = 1_000;

    private static readonly KeyValuePair<string, object?>[] s_overflow = [new("otel_metric_overflow", "true")];
    private readonly Lock _adding = new();

    /// <summary>Of durations alone: a trace says nothing about a number of rows.</summary>
    private readonly TimeProvider? _exemplars = bounds is not null && instrument.Unit == "s" ? time : null;

    private Series[] _series = [];

    public Instrument Instrument { get; } = instrument;

    public double[]? Bounds { get; } = bounds;

    public ReadOnlySpan<Series> All => _series;

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, bool replace)
    {
        var series = Find(_series, Hash(tags), tags) ?? Add(tags);
        if (Bounds is { } bounds)
            series.Observe(value, bounds);
        else if (replace)
            series.Set(value);
        else
            series.Add(value);
    }

    private static int Hash(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var hash = new HashCode();
        foreach (var tag in tags)
            hash.Add(tag.Value);
        return hash.ToHashCode();
    }

    private static Series? Find(Series[] series, int hash, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var one in series)
        {
            if (one.Hash == hash && one.Matches(tags))
                return one;
        }

        return null;
    }

    private Series Add(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (_adding)
        {
            if (_series.Length >= MaxSeries)
                tags = s_overflow;
            var hash = Hash(tags);
            if (Find(_series, hash, tags) is { } there)
                return there;
            var added = new Series(hash, tags.ToArray(), Bounds?.Length ?? 0, _exemplars);
            _series = [.. _series, added];
            return added;
        }
    }
}

/// <summary>One instrument with one set of tags.</summary>
internal sealed class Series(int hash, KeyValuePair<string, object?>[] tags, int bounds, TimeProvider? exemplarTime)
{
    private readonly Lock _lock = new();
    private readonly long[] _buckets = new long[bounds + 1];
    private readonly Exemplar[]? _exemplars = exemplarTime is null ? null : new Exemplar[bounds + 1];
    private double _sum;
    private long _count;

    public int Hash { get; } = hash;

    public string Labels { get; } = Format(tags);

    public bool Matches(ReadOnlySpan<KeyValuePair<string, object?>> other)
    {
        if (other.Length != tags.Length)
            return false;
        for (var i = 0; i < tags.Length; i++)
        {
            if (tags[i].Key != other[i].Key || !Equals(tags[i].Value, other[i].Value))
                return false;
        }

        return true;
    }

    public void Add(double value)
    {
        lock (_lock)
            _sum += value;
    }

    public void Set(double value)
    {
        lock (_lock)
            _sum = value;
    }

    public void Observe(double value, double[] bounds)
    {
        var bucket = Array.BinarySearch(bounds, value);
        if (bucket < 0)
            bucket = ~bucket;
        // Of what a sampler leaves out there would be no trace to look at.
        var exemplar = exemplarTime is not null && Activity.Current is { Recorded: true } activity
            ? new Exemplar(activity.TraceId, value, exemplarTime.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0) : default;
        lock (_lock)
        {
            _buckets[bucket]++;
            _sum += value;
            _count++;
            if (exemplar.At > 0)
                _exemplars![bucket] = exemplar;
        }
    }

    public SeriesValues Read()
    {
        lock (_lock)
            return new SeriesValues(_sum, _count, [.. _buckets], _exemplars?.ToArray());
    }

    private static string Format(KeyValuePair<string, object?>[] tags)
    {
        var text = new StringBuilder();
        foreach (var tag in tags)
        {
            if (text.Length > 0)
                text.Append(',');
            text.Append(PrometheusNames.Label(tag.Key)).Append("=\"").Append(PrometheusNames.Escape(tag.Value?.ToString() ?? "")).Append('"');
        }

        return text.ToString();
    }
}

/// <param name="Sum">Of all measurements; the value of what is no histogram.</param>
/// <param name="Count">How many.</param>
/// <param name="Buckets">How many per bucket, not cumulative; one more than there are bounds.</param>
/// <param name="Exemplars">The last of each bucket that has a trace; null for what is no duration.</param>
internal readonly record struct SeriesValues(double Sum, long Count, long[] Buckets, Exemplar[]? Exemplars);
