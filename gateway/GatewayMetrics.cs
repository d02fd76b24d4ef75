using System.Diagnostics.Metrics;
using Splitrail.Contracts;
using Splitrail.Gateway.Recommendations;

namespace Splitrail.Gateway;

/// <summary>What the gateway measures; docs/operations.md says what to do when one of them is bad.</summary>
internal sealed class GatewayMetrics
{
    public const string MeterName = "Splitrail.Gateway";

    private static readonly string[] s_levels = ["0", "1", "2", "3", "4"];
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _stage;
    private readonly Histogram<long> _gathered;
    private readonly Counter<long> _fallbacks;
    private readonly Counter<long> _cache;
    private readonly Counter<long> _invalidated;
    private readonly Histogram<double> _cacheOperations;
    private readonly Counter<long> _published;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _impressionsPublished;
    private readonly Counter<long> _impressionsDropped;
    private readonly Counter<long> _interleaved;
    private readonly Counter<long> _events;
    private readonly Counter<long> _proxyFaults;
    private readonly Counter<long> _guestSessions;
    private readonly Counter<long> _snapshotFaults;
    private readonly Counter<long> _limited;
    private readonly Counter<long> _abuse;
    private readonly Counter<long> _shopEvents;
    private readonly Counter<double> _revenue;
    private readonly Counter<long> _turns;
    private readonly Counter<long> _people;
    private readonly Counter<long> _items;
    private readonly Counter<long> _arms;

    public GatewayMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _duration = meter.CreateHistogram<double>("splitrail.recommendation.duration", "s", "Time to make a recommendation, by fallback level.");
        _stage = meter.CreateHistogram<double>("splitrail.stage.duration", "s", "Time a request waited for an inner service, the calls of others included, by stage and outcome.");
        _gathered = meter.CreateHistogram<long>("splitrail.stage.gathered", "{request}", "Requests in one call to an inner service, of those that carry several, by stage.");
        _fallbacks = meter.CreateCounter<long>("splitrail.recommendation.fallback", "{recommendation}", "Recommendations below level 0, by level and cause.");
        _cache = meter.CreateCounter<long>("splitrail.cache.lookups", "{lookup}", "Lookups in the gateway's caches, by cache and result.");
        _invalidated = meter.CreateCounter<long>("splitrail.cache.invalidations", "{entry}", "Entries of the gateway's caches that ended before their time, by cache and reason: event (of their user) or cleared (by an operator).");
        _cacheOperations = meter.CreateHistogram<double>("splitrail.cache.operation.duration", "s", "Of what the gateway asks of caches outside of its process, by cache and operation: get or set (a batch).");
        _published = meter.CreateCounter<long>("splitrail.exposures.published", "{exposure}", "Exposures the broker has taken.");
        _dropped = meter.CreateCounter<long>("splitrail.exposures.dropped", "{exposure}", "Exposures lost, by reason.");
        _impressionsPublished = meter.CreateCounter<long>("splitrail.impressions.published", "{list}", "Served lists the broker has taken.");
        _impressionsDropped = meter.CreateCounter<long>("splitrail.impressions.dropped", "{list}", "Served lists that were to be published and are lost, by reason.");
        _interleaved = meter.CreateCounter<long>("splitrail.interleaved", "{list}", "Lists of interleaved experiments, by result: drafted of two rankings, or one of them alone because the other was not complete.");
        _events = meter.CreateCounter<long>("splitrail.events.received", "{event}", "Events posted by shops, by result.");
        _proxyFaults = meter.CreateCounter<long>("splitrail.proxy.faults", "{request}", "Proxied requests that experiment-svc did not answer, by cause.");
        _guestSessions = meter.CreateCounter<long>("splitrail.sessions", "{session}", "Sessions of guests stored, and of users looked up at login, by result.");
        _snapshotFaults = meter.CreateCounter<long>("splitrail.snapshot.not_understood", "{fault}", "Hashes and audience rules of taken snapshots that this release does not understand.");
        _shopEvents = meter.CreateCounter<long>("splitrail.shop.events", "{event}", "Events the broker has taken, by type: impression, view, click, add_to_cart, purchase, rating, like, dismiss.");
        _revenue = meter.CreateCounter<double>("splitrail.shop.revenue", "{currency}", "Value of the purchases among them, in the shop's currency.");
        _people = meter.CreateCounter<long>("splitrail.recommendation.people", "{recommendation}", "Recommendations by who asked: known (5 interactions and more), few, new (a user without any), guest, nobody, unread (the context did not come).");
        _items = meter.CreateCounter<long>("splitrail.recommendation.items", "{item}", "Items recommended, by source that proposed them; one of several sources counts for each.");
        _arms = meter.CreateCounter<long>("splitrail.recommendation.arms", "{recommendation}", "Recommendations made with an arm's parameters, by experiment and arm.");
        _limited = meter.CreateCounter<long>("splitrail.limits.refused", "{request}", "Requests refused with 429, by endpoint and type of limit.");
        _abuse = meter.CreateCounter<long>("splitrail.limits.abuse", "{client}", "Clients that behave badly, once a minute each, by pattern.");
        _turns = meter.CreateCounter<long>("splitrail.model.turns", "{turn}", "Changes of the models in production that this gateway has followed, by why at that moment.");
    }

    public void Recommended(TimeSpan elapsed, int level, string? cause)
    {
        _duration.Record(elapsed.TotalSeconds, Tag("level", s_levels[level]));
        if (level > 0)
            _fallbacks.Add(1, Tag("level", s_levels[level]), Tag("cause", cause ?? "unknown"));
    }

    /// <summary>Who got what, in which arms.</summary>
    public void Served(Recommended made, string people)
    {
        _people.Add(1, Tag("kind", people));
        foreach (var arm in made.Arms.Arms)
            _arms.Add(1, Tag("experiment", arm.Experiment), Tag("arm", arm.Arm));
        foreach (var item in made.Items)
        {
            foreach (var source in item.Sources)
                _items.Add(1, Tag("source", source));
        }
    }

    public void Stage(string stage, TimeSpan elapsed, bool success) =>
        _stage.Record(elapsed.TotalSeconds, Tag("stage", stage), Tag("outcome", success ? "success" : "fault"));

    public void Gathered(string stage, int requests) => _gathered.Record(requests, Tag("stage", stage));

    public void CacheLookup(string cache, bool hit) => _cache.Add(1, Tag("cache", cache), Tag("result", hit ? "hit" : "miss"));

    public void CacheInvalidated(string cache, string reason, int entries) => _invalidated.Add(entries, Tag("cache", cache), Tag("reason", reason));

    public void CacheOperation(string cache, string operation, TimeSpan elapsed) => _cacheOperations.Record(elapsed.TotalSeconds, Tag("cache", cache), Tag("operation", operation));

    public void ExposuresPublished(int count) => _published.Add(count);

    public void ExposuresDropped(int count, string reason) => _dropped.Add(count, Tag("reason", reason));

    public void ImpressionsPublished(int count) => _impressionsPublished.Add(count);

    public void ImpressionsDropped(int count, string reason) => _impressionsDropped.Add(count, Tag("reason", reason));

    public void Interleaved(string result) => _interleaved.Add(1, Tag("result", result));

    public void EventsReceived(int count, string result) => _events.Add(count, Tag("result", result));

    /// <summary>What happened in the shop, as it was posted: an event posted twice counts twice here, and once in experiments.</summary>
    public void Happened(ShopEvent one)
    {
        _shopEvents.Add(1, Tag("type", one.Type));
        if (one.Type == EventTypes.Purchase)
            _revenue.Add(one.ValueMicros / 1e6 * one.Quantity);
    }

    public void ProxyFault(string cause) => _proxyFaults.Add(1, Tag("cause", cause));

    public void GuestSession(string result, int count = 1) => _guestSessions.Add(count, Tag("result", result));

    public void SnapshotNotUnderstood(int faults) => _snapshotFaults.Add(faults);

    public void Limited(string endpoint, string type) => _limited.Add(1, Tag("endpoint", endpoint), Tag("type", type));

    public void AbuseDetected(string pattern) => _abuse.Add(1, Tag("pattern", pattern));

    public void ProductionTurned(string reason) => _turns.Add(1, Tag("reason", reason));

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
