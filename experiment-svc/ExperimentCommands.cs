using Splitrail.ExperimentSvc.Audit;
using Splitrail.ExperimentSvc.Chains;
using Splitrail.ExperimentSvc.Decisions;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc;

/// <summary>What the program does: it serves, it brings its schema up, or it verifies a log.</summary>
public static class ExperimentCommands
{
    private static readonly VerifyCommand[] s_verifications = [AuditLog.Verify, DecisionLog.Verify];

    /// <returns>0 when all is well.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is [var name, .. var rest] && s_verifications.FirstOrDefault(command => command.Name == name) is { } verification)
            return await verification.RunAsync(rest, Console.Out, Console.Error);
        await MigrateCommand.RunOrServeAsync(static settings => ExperimentApp.Build(settings), args);
        return 0;
    }
}
