using Splitrail.ExperimentSvc.Audit;
using Splitrail.ExperimentSvc.Reasons;

namespace Splitrail.ExperimentSvc.Api;

/// <summary>Answer of <c>GET /v1/experiments/{id}/history</c>, the newest change first.</summary>
internal sealed record History(string Id, IReadOnlyList<HistoryEntry> Changes);

/// <param name="Sequence">In the audit log.</param>
/// <param name="At">When.</param>
/// <param name="Actor">Who.</param>
/// <param name="Action">What was done.</param>
/// <param name="Version">The version that came of it.</param>
/// <param name="SnapshotVersion">The snapshot that carries it.</param>
/// <param name="Reason">Why, where one was asked for.</param>
/// <param name="Differences">Member by member.</param>
public sealed record HistoryEntry(
    long Sequence, DateTimeOffset At, string Actor, string Action, long Version, long SnapshotVersion, Reason? Reason, IReadOnlyList<JsonDifference> Differences);
