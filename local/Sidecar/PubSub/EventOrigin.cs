namespace Splitrail.Local.Sidecar.PubSub;

/// <param name="EventId">Fresh for every event.</param>
/// <param name="AppId">The publisher.</param>
/// <param name="PubsubName">The component.</param>
/// <param name="Topic">The topic.</param>
/// <param name="Time">When it was published.</param>
/// <param name="Trace">The trace it belongs to.</param>
internal sealed record EventOrigin(string EventId, string AppId, string PubsubName, string Topic, DateTimeOffset Time, Trace Trace);
