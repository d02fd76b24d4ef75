using Splitrail.ExperimentSvc.Chains;

namespace Splitrail.ExperimentSvc.Audit;

/// <summary>The log of changes, and the command that verifies it.</summary>
internal static class AuditLog
{
    public static ChainedLog Log { get; } = new("audit_log");

    public static VerifyCommand Verify { get; } = new("verify-audit", "/v1/experiments/audit", AuditCheck.OfDatabaseAsync, AuditCheck.OfExportAsync);
}
