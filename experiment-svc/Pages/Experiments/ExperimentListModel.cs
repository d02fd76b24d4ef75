using Splitrail.ExperimentSvc.Api;

namespace Splitrail.ExperimentSvc.Pages.Experiments;

/// <param name="State">Only those; null for all.</param>
/// <param name="Experiments">In order of id.</param>
public sealed record ExperimentListModel(string? State, IReadOnlyList<ExperimentView> Experiments);
