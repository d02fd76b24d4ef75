namespace Splitrail.Dapr;

/// <summary>The envelope a message arrives in (CloudEvents 1.0).</summary>
/// <param name="Id">Unique per source; the same on redelivery.</param>
/// <param name="Source">App id of the publisher.</param>
/// <param name="Type">Event type.</param>
/// <param name="Topic">The topic it was published to, also when it comes from a dead-letter topic.</param>
/// <param name="PubsubName">The component.</param>
/// <param name="Time">When it was published.</param>
/// <param name="Data">The payload.</param>
public sealed record CloudEvent<T>(string? Id, string? Source, string? Type, string? Topic, string? PubsubName, DateTimeOffset? Time, T Data)
{
    /// <summary>W3C trace context of the publisher; null or empty without tracing.</summary>
    public string? TraceParent { get; init; }
}
