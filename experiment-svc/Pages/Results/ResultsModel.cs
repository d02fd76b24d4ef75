using Splitrail.ExperimentSvc.Results;
using Splitrail.ExperimentSvc.Results.Trail;

namespace Splitrail.ExperimentSvc.Pages.Results;

/// <param name="Results">As they are.</param>
/// <param name="Trail">As they were, the oldest first.</param>
/// <param name="Decisions">The newest first.</param>
/// <param name="Groups">By the dimension that was asked for; null for none.</param>
public sealed record ResultsModel(ResultsView Results, IReadOnlyList<TrailPoint> Trail, IReadOnlyList<DecisionView> Decisions, DimensionView? Groups);
