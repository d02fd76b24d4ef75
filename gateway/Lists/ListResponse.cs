namespace Splitrail.Gateway.Lists;

/// <summary>Answer of similar and popular.</summary>
/// <param name="Items">Best first.</param>
/// <param name="ModelVersion">The model that made the list; null when the gateway made it.</param>
/// <param name="FallbackLevel">0 as asked, 3 from the gateway's own popular list, 4 nothing.</param>
/// <param name="FallbackCause">Why it is not 0.</param>
/// <param name="Reason">Why the list is empty.</param>
/// <param name="RequestId">Send it back with events about these items.</param>
/// <param name="LatencyMs">Time the gateway took.</param>
internal sealed record ListResponse(
    IReadOnlyList<ShownItem> Items, string? ModelVersion, int FallbackLevel, string? FallbackCause, string? Reason, string RequestId, double LatencyMs);
