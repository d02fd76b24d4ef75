using System.Text.Json.Serialization;
using Splitrail.Contracts;

namespace Splitrail.ExperimentSvc;

/// <summary>Answer of <c>GET /v1/experiments</c>.</summary>
internal sealed record ExperimentList(long SnapshotVersion, IReadOnlyList<ExperimentView> Experiments);

/// <summary>Answer of <c>GET /v1/experiments/{id}</c>.</summary>
/// <param name="Id">The experiment.</param>
/// <param name="Layer">Its layer.</param>
/// <param name="Hypothesis">What it is meant to show.</param>
/// <param name="State"><c>draft</c>, <c>running</c> or <c>stopped</c>.</param>
/// <param name="Traffic">Its part of the layer's users, 0..1.</param>
/// <param name="Epoch">The present one; null when it does not run.</param>
/// <param name="Units">Units that saw any arm.</param>
/// <param name="MultiArmUnits">Units that saw more than one arm.</param>
/// <param name="Arms">Its arms.</param>
internal sealed record ExperimentView(
    string Id, string Layer, string Hypothesis, string State, double Traffic, int? Epoch, long Units, long MultiArmUnits, IReadOnlyList<ArmView> Arms);

/// <param name="Id">The arm.</param>
/// <param name="IsControl">One arm is.</param>
/// <param name="Share">Its part of the experiment's users, 0..1.</param>
/// <param name="Parameters">What it changes.</param>
/// <param name="Units">Units that saw it.</param>
internal sealed record ArmView(string Id, bool IsControl, double Share, ArmParameters Parameters, long Units);

/// <summary>Answer of <c>GET /v1/models</c>.</summary>
/// <param name="Active">The version in production; null before the first activation.</param>
/// <param name="SnapshotVersion">The snapshot that says so.</param>
/// <param name="Versions">All that are in the models folder.</param>
internal sealed record ModelList(string? Active, long SnapshotVersion, IReadOnlyList<string> Versions);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ExperimentList))]
[JsonSerializable(typeof(ModelList))]
internal sealed partial class ViewJson : JsonSerializerContext;
