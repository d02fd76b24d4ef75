using System.Text.Json;
using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Api;

namespace Splitrail.ExperimentSvc.Registry;

/// <summary>Answer of <c>GET /v1/models</c>.</summary>
/// <param name="Active">The version that makes the candidates in production; null before the first activation.</param>
/// <param name="SnapshotVersion">The snapshot that says so.</param>
/// <param name="Production">The versions that serve, by type.</param>
/// <param name="Previous">What served until the last change.</param>
/// <param name="RollsBackTo">Where a rollback goes now; null when there is nothing.</param>
/// <param name="WatchedUntil">Until when the last activation is watched; null when it is not.</param>
/// <param name="Versions">Names of all versions listed.</param>
/// <param name="Models">The newest first.</param>
public sealed record ModelList(
    string? Active, long SnapshotVersion, ModelLineup Production, ModelLineup? Previous, ModelLineup? RollsBackTo, DateTimeOffset? WatchedUntil,
    IReadOnlyList<string> Versions, IReadOnlyList<ModelView> Models);

/// <param name="Version">Its name.</param>
/// <param name="Types">What it is used for.</param>
/// <param name="Stages">Where it is in its life, by type.</param>
/// <param name="Files">present, gone (from the volume) or deleted (by retention).</param>
/// <param name="RegisteredAt">When it was published here.</param>
/// <param name="TrainedAt">When training ended.</param>
/// <param name="Dataset">What it was trained on.</param>
/// <param name="DatasetFingerprint">Of that data.</param>
/// <param name="FeatureSet">Of its ranker.</param>
/// <param name="Family">Whose candidates its ranker may rank.</param>
/// <param name="Parent">The version it was made from.</param>
/// <param name="Bytes">Of all files.</param>
/// <param name="Metrics">Measured at training.</param>
/// <param name="Experiments">Running ones with an arm that names it.</param>
public sealed record ModelView(
    string Version, IReadOnlyList<string> Types, IReadOnlyDictionary<string, string> Stages, string Files, DateTimeOffset RegisteredAt, DateTimeOffset TrainedAt, string Dataset,
    string DatasetFingerprint, string FeatureSet, string Family, string? Parent, long Bytes, IReadOnlyDictionary<string, double> Metrics, IReadOnlyList<string> Experiments);

/// <summary>Answer of <c>GET /v1/models/{version}</c>.</summary>
/// <param name="Model">The version.</param>
/// <param name="Manifest">All that its manifest says.</param>
/// <param name="Gates">How it stands to the conditions of an activation now.</param>
internal sealed record ModelDetail(ModelView Model, JsonElement Manifest, IReadOnlyList<ModelGate> Gates);

/// <summary>Answer of everything that changes the registry.</summary>
/// <param name="Model">The version as it is now; null for a rollback.</param>
/// <param name="Production">The versions that serve.</param>
/// <param name="SnapshotVersion">The snapshot that says so.</param>
/// <param name="Changed">False when it was so before.</param>
internal sealed record ModelChange(ModelView? Model, ModelLineup Production, long SnapshotVersion, bool Changed);

/// <summary>Answer of <c>GET /v1/models/{version}/compare</c>.</summary>
/// <param name="Version">The version.</param>
/// <param name="With">The other one.</param>
/// <param name="SameData">Both were measured on the same data.</param>
/// <param name="Metrics">Side by side.</param>
/// <param name="Parameters">What they were trained with, where it differs.</param>
internal sealed record ModelComparison(string Version, string With, bool SameData, IReadOnlyList<ComparedMetric> Metrics, IReadOnlyList<ComparedMetric> Parameters);

/// <param name="Name">The metric.</param>
/// <param name="Value">Of the version; null when it has none.</param>
/// <param name="With">Of the other one.</param>
/// <param name="Difference">Value - with.</param>
/// <param name="Relative">The difference as a part of the other's.</param>
/// <param name="Better">Null when nothing is known of the metric, or both are equal.</param>
internal sealed record ComparedMetric(string Name, double? Value, double? With, double? Difference, double? Relative, bool? Better);

/// <summary>Answer of the histories, the newest change first.</summary>
internal sealed record ModelHistory(string Id, IReadOnlyList<HistoryEntry> Changes);
