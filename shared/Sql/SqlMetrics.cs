using System.Diagnostics.Metrics;

namespace Splitrail.Sql;

/// <summary>How long the database takes, and how often it is away.</summary>
public sealed class SqlMetrics
{
    public const string MeterName = "Splitrail.Sql";

    private readonly Histogram<double> _durations;
    private readonly Counter<long> _away;

    public SqlMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _durations = meter.CreateHistogram(
            "db.client.operation.duration", "s", "Time of one unit of work on the database, connection included.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30] });
        _away = meter.CreateCounter<long>("splitrail.sql.away", "{operation}", "Units of work that ended because the database was away or too slow.");
    }

    internal void RecordDuration(string system, string operation, TimeSpan duration) =>
        _durations.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("db.system.name", system), new KeyValuePair<string, object?>("operation", operation));

    internal void CountAway(string system, string operation) =>
        _away.Add(1, new KeyValuePair<string, object?>("db.system.name", system), new KeyValuePair<string, object?>("operation", operation));
}
