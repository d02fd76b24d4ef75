using System.Globalization;
using Splitrail.Local.Sidecar.Resources;

namespace Splitrail.Local.Sidecar.PubSub;

/// <summary>A pub/sub component's settings. The names are those of pubsub.redis, so that one file reads the same for both.</summary>
internal sealed class PubSubComponent
{
    private readonly ComponentSpec _spec;

    public PubSubComponent(ComponentSpec spec)
    {
        _spec = spec;
        IsWeakest = spec.Type == "pubsub.redis";
        List<string> faults = [];
        Concurrency = Number("concurrency", 10, faults);
        MaxDeliveries = Number("maxDeliveries", 0, faults);
        MaxLength = Number("maxLenApprox", 100_000, faults);
        ProcessingTimeout = Time("processingTimeout", TimeSpan.FromSeconds(IsWeakest ? 60 : 10));
        // On Redis a duration such as "1s" is silently ignored here: only whole milliseconds count.
        RedeliverInterval = IsWeakest && !int.TryParse(spec["redeliverInterval"], out _) ? TimeSpan.FromSeconds(15) : Time("redeliverInterval", TimeSpan.FromSeconds(1));
        if (faults.Count > 0)
            throw new ResourceException([.. faults.Select(fault => new ResourceFault(spec.Source, 0, fault))]);
    }

    public string Name => _spec.Name;

    /// <summary>Redis's ways: what failed waits until its lease runs out, and a slow handler gets the same message twice at once.</summary>
    public bool IsWeakest { get; }

    public int Concurrency { get; }

    /// <summary>So many deliveries, then the dead letters; 0 without end. It bounds messages that kill their handler.</summary>
    public int MaxDeliveries { get; }

    /// <summary>How many messages a topic without any subscriber keeps.</summary>
    public int MaxLength { get; }

    public TimeSpan ProcessingTimeout { get; }

    public TimeSpan RedeliverInterval { get; }

    /// <summary><c>allowedTopics</c>, <c>protectedTopics</c> and <c>publishingScopes</c> (<c>app1=a,b;app2=</c>).</summary>
    public bool MayPublish(string appId, string topic) => Permits(_spec["publishingScopes"], appId, topic);

    public bool MaySubscribe(string appId, string topic) => Permits(_spec["subscriptionScopes"], appId, topic);

    private bool Permits(string? scopes, string appId, string topic)
    {
        if (_spec.List("allowedTopics") is { Count: > 0 } allowed && !allowed.Contains(topic))
            return false;
        foreach (var scope in scopes?.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            var parts = scope.Split('=', 2, StringSplitOptions.TrimEntries);
            if (parts[0] == appId)
                return parts.Length == 2 && parts[1].Split(',', StringSplitOptions.TrimEntries).Contains(topic);
        }

        return !_spec.List("protectedTopics").Contains(topic);
    }

    private int Number(string name, int missing, List<string> faults)
    {
        if (_spec[name] is not { } text)
            return missing;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            faults.Add($"'{name}' of the component '{Name}' is '{text}'; it must be a whole number of at least 0.");
        return number;
    }

    private TimeSpan Time(string name, TimeSpan missing)
    {
        var text = _spec[name];
        if (text is null)
            return missing;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds))
            return TimeSpan.FromMilliseconds(milliseconds);
        return GoDuration.TryParse(text, out var duration)
            ? duration
            : throw new ResourceException([new ResourceFault(_spec.Source, 0, $"'{name}' of the component '{Name}' is '{text}'; it must be a duration such as 10s or a number of milliseconds.")]);
    }
}
