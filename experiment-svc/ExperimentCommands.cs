using Splitrail.ExperimentSvc.Audit;

namespace Splitrail.ExperimentSvc;

/// <summary>What the program does: it serves, or it verifies an audit log.</summary>
public static class ExperimentCommands
{
    /// <returns>0 when all is well.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is [VerifyAudit.Name, .. var rest])
            return await VerifyAudit.RunAsync(rest, Console.Out, Console.Error);
        await ExperimentApp.Build(args).RunAsync();
        return 0;
    }
}
