namespace Splitrail.Local.Sidecar.State;

/// <summary>One write as the API was asked for it.</summary>
/// <param name="Key">Without the prefix.</param>
/// <param name="Value">JSON; null for a delete.</param>
/// <param name="ETag">What the key must have; null when nothing was said.</param>
/// <param name="IsFirstWrite"><c>options.concurrency</c> is <c>first-write</c>.</param>
/// <param name="IsLastWrite"><c>options.concurrency</c> is <c>last-write</c>.</param>
/// <param name="TtlSeconds">As it was written; null when nothing was said.</param>
/// <param name="OptionFault">An option that is not known, in daprd's words.</param>
internal sealed record StateWrite(string Key, byte[]? Value, string? ETag, bool IsFirstWrite, bool IsLastWrite, string? TtlSeconds, string? OptionFault = null);
