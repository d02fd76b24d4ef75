using Splitrail.ExperimentSvc.Api;
using Splitrail.ExperimentSvc.Pages.Experiments;
using Splitrail.ExperimentSvc.Registry;
using Splitrail.ExperimentSvc.Registry.Calibration;
using Splitrail.ExperimentSvc.Registry.ServedDays;

namespace Splitrail.ExperimentSvc.Pages.Models;

/// <param name="List">The registry.</param>
/// <param name="History">Of what was in production, the newest change first.</param>
/// <param name="Said">What became of the last thing that was asked; null for nothing.</param>
/// <param name="Typed">What was typed with it, when it was refused.</param>
/// <param name="Served">How the loaded ones behave, as one ranking-svc says; null when it does not answer.</param>
/// <param name="Outcomes">What came of what they served.</param>
public sealed record ModelsModel(ModelList List, IReadOnlyList<HistoryEntry> History, Said? Said, SentForm? Typed, IReadOnlyList<ServedModel>? Served, ServedOutcomes Outcomes);

/// <summary>What came of served lists.</summary>
/// <param name="Days">By day and version, the oldest first.</param>
/// <param name="Calibration">What rankers promised beside what was taken, of the last 24 hours.</param>
/// <param name="After">How old a list is before it is counted.</param>
public sealed record ServedOutcomes(IReadOnlyList<ModelDay> Days, IReadOnlyList<ServedCalibration> Calibration, TimeSpan After);

/// <summary>How a loaded model behaves since ranking-svc started.</summary>
/// <param name="Version">The model.</param>
/// <param name="Scores">That were looked at.</param>
/// <param name="ScoreDrift">Population stability index of its scores against training; null while there are too few.</param>
/// <param name="CalibrationError">Mean difference between what it promised and what happened, on contexts that training left out.</param>
/// <param name="Drifting">Features that moved most, with their population stability index.</param>
/// <param name="Shadow">How its scores in the shadow differ from what was served; null when it scored nothing there.</param>
public sealed record ServedModel(string Version, double Scores, double? ScoreDrift, double? CalibrationError, IReadOnlyList<(string Feature, double Index)> Drifting, ShadowComparison? Shadow);

/// <param name="Requests">Scored in the shadow.</param>
/// <param name="Failed">That could not be.</param>
/// <param name="Correlation">Mean of Spearman's correlation with what was served.</param>
/// <param name="Overlap">Mean share of the ten best in common.</param>
/// <param name="Difference">Mean score minus the served one.</param>
public sealed record ShadowComparison(double Requests, double Failed, double? Correlation, double? Overlap, double? Difference);
