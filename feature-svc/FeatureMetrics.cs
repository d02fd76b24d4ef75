using System.Diagnostics.Metrics;

namespace Splitrail.FeatureSvc;

/// <summary>What an operator wants to know of this service beyond HTTP and SQL.</summary>
internal sealed class FeatureMetrics
{
    public const string MeterName = "Splitrail.FeatureSvc";

    private readonly Counter<long> _contexts;
    private readonly Counter<long> _events;

    public FeatureMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _contexts = meter.CreateCounter<long>("splitrail.feature.contexts", "{context}", "Contexts answered, by where they came from: cache or database.");
        _events = meter.CreateCounter<long>("splitrail.feature.events", "{event}", "Events that arrived, by outcome: stored, repeated or invalid.");
    }

    public void CountContext(string source) => _contexts.Add(1, new KeyValuePair<string, object?>("source", source));

    public void CountEvents(string outcome, long count)
    {
        if (count > 0)
            _events.Add(count, new KeyValuePair<string, object?>("outcome", outcome));
    }
}
