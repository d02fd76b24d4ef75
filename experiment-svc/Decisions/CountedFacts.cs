namespace Splitrail.ExperimentSvc.Decisions;

/// <summary>Facts, and what is shown beside them.</summary>
/// <param name="Facts">What decides.</param>
/// <param name="FirstExposureMs">Unix milliseconds; null before it.</param>
/// <param name="UpdatedMs">When the sums last changed, Unix milliseconds; null before that.</param>
/// <param name="ExcludedUsers">Bots and internal users.</param>
internal sealed record CountedFacts(EvaluationFacts Facts, long? FirstExposureMs, long? UpdatedMs, long ExcludedUsers);
