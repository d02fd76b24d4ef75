namespace Splitrail.ExperimentSvc.Chains;

/// <summary>What a verification of a log found.</summary>
/// <param name="Intact">True when nothing was changed, taken out or put in.</param>
/// <param name="Entries">Good entries from the first one on.</param>
/// <param name="Head">Hash of the last of them.</param>
/// <param name="Fault">The first thing that is wrong.</param>
internal sealed record ChainVerdict(bool Intact, long Entries, string Head, string? Fault);
