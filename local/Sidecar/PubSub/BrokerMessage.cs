namespace Splitrail.Local.Sidecar.PubSub;

/// <param name="Id">Position in the log.</param>
/// <param name="Payload">The stored bytes: an envelope, or bare with <c>rawPayload</c>.</param>
/// <param name="Metadata">Of the publish call, as a JSON object; it reaches the subscriber as headers.</param>
/// <param name="Attempt">From 1.</param>
internal sealed record BrokerMessage(long Id, byte[] Payload, string Metadata, int Attempt);
