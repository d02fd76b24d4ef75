namespace Splitrail.ExperimentSvc.Editing;

/// <summary>What somebody may do to an experiment besides editing it.</summary>
internal enum ExperimentAction
{
    Submit,
    Withdraw,
    Approve,
    Start,
    Pause,
    Resume,
    End,
    Promote,
    RollBack,
    Archive,
}

/// <summary>The actions' names, as in the paths of the API and in the audit log.</summary>
internal static class ExperimentActions
{
    public static string NameOf(this ExperimentAction action) => action == ExperimentAction.RollBack ? "roll_back" : action.ToString().ToLowerInvariant();
}
