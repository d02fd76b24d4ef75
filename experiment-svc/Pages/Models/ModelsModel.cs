using Splitrail.Models;

namespace Splitrail.ExperimentSvc.Pages.Models;

/// <param name="Active">In production; null before the first.</param>
/// <param name="Manifests">The newest first.</param>
/// <param name="Problem">What cannot be read.</param>
public sealed record ModelsModel(string? Active, IReadOnlyList<ModelManifest> Manifests, string? Problem);
