using Splitrail.ExperimentSvc.Bandits;

namespace Splitrail.ExperimentSvc.Inference;

/// <summary>What an evaluation says.</summary>
/// <param name="Conclusion">What to do, and why.</param>
/// <param name="Findings">Each metric of each arm but the control, by metric and then by arm.</param>
/// <param name="SampleRatio">Whether users fit the split.</param>
/// <param name="Progress">How far the experiment is.</param>
/// <param name="Bandit">The step of one; null for all others.</param>
internal sealed record EvaluationOutput(Conclusion Conclusion, IReadOnlyList<MetricFinding> Findings, SampleRatioFinding SampleRatio, SampleProgress Progress, BanditOutcome? Bandit = null);

/// <param name="PValue">Valid at any time.</param>
/// <param name="IsMismatch">Below the plan's alpha: nothing is promoted, and somebody must look.</param>
internal sealed record SampleRatioFinding(double PValue, bool IsMismatch);

/// <param name="Users">Of all arms.</param>
/// <param name="PlannedUsers">Of the plan.</param>
/// <param name="Information">The least of the arms', in parts of the planned.</param>
/// <param name="LooksTaken">Planned looks so far, with one of now.</param>
/// <param name="NextLookUsers">Users at which the next one is due; null after the last.</param>
internal sealed record SampleProgress(long Users, long PlannedUsers, double Information, int LooksTaken, long? NextLookUsers);
