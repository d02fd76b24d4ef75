namespace Splitrail.Local.Sidecar.State;

/// <param name="Value">The stored JSON.</param>
/// <param name="ETag">Its tag.</param>
/// <param name="ExpiresMs">When it ends, Unix milliseconds; null never.</param>
internal sealed record StateItem(byte[] Value, string ETag, long? ExpiresMs);
