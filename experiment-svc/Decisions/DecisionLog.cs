using Splitrail.ExperimentSvc.Chains;

namespace Splitrail.ExperimentSvc.Decisions;

/// <summary>The log of decisions, and the command that makes each of them again.</summary>
internal static class DecisionLog
{
    public static ChainedLog Log { get; } = new("decision_log");

    public static VerifyCommand Verify { get; } = new("verify-decisions", "/v1/experiments/decisions", DecisionCheck.OfDatabaseAsync, DecisionCheck.OfExportAsync);
}
