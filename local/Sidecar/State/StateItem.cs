namespace Splitrail.Local.Sidecar.State;

/// <param name="Value">The stored JSON.</param>
/// <param name="ETag">Its tag.</param>
/// <param name="ExpiresMs">When it ends, Unix milliseconds; null never.</param>
/// <param name="WasFirstWritten">It was saved with <c>first-write</c> since it exists; Redis never again lets a save without its tag over such a key.</param>
internal sealed record StateItem(byte[] Value, string ETag, long? ExpiresMs, bool WasFirstWritten);
