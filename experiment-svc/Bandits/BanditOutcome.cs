namespace Splitrail.ExperimentSvc.Bandits;

/// <summary>What a bandit's step came to, by arm.</summary>
/// <param name="Shares">The next split, summing to 1.</param>
/// <param name="ChanceToBeBest">Before limits.</param>
internal sealed record BanditOutcome(IReadOnlyList<double> Shares, IReadOnlyList<double> ChanceToBeBest);
