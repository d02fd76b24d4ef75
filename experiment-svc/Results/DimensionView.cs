namespace Splitrail.ExperimentSvc.Results;

/// <summary>Answer of <c>GET /v1/experiments/{id}/results?dimension=…</c>.</summary>
/// <param name="Id">The experiment.</param>
/// <param name="Dimension">What it is by.</param>
/// <param name="Summary">What that is.</param>
/// <param name="At">When this was computed.</param>
/// <param name="Note">How to read it.</param>
/// <param name="Segments">The largest first; values beyond the largest are together as <c>other</c>.</param>
public sealed record DimensionView(string Id, string Dimension, string Summary, DateTimeOffset At, string Note, IReadOnlyList<SegmentView> Segments);

/// <param name="Value">Of the dimension.</param>
/// <param name="Users">Counted, of all arms.</param>
/// <param name="Metrics">Each treatment against the control among these users; metrics of answers, which are not counted by dimension, are not here.</param>
public sealed record SegmentView(string Value, long Users, IReadOnlyList<MetricResult> Metrics);
