using Splitrail.ExperimentSvc.Definitions;
using static Splitrail.ExperimentSvc.Definitions.ExperimentState;

namespace Splitrail.ExperimentSvc.Editing;

/// <summary>Which action leads from which state to which. What is not in the table is refused with what is.</summary>
internal static class StateMachine
{
    private static readonly (ExperimentState From, ExperimentAction Action, ExperimentState To)[] s_transitions =
    [
        (Draft, ExperimentAction.Submit, Review),
        (Draft, ExperimentAction.Start, Running),
        (Draft, ExperimentAction.Archive, Archived),
        (Review, ExperimentAction.Approve, Review),
        (Review, ExperimentAction.Withdraw, Draft),
        (Review, ExperimentAction.Start, Running),
        (Review, ExperimentAction.Archive, Archived),
        (Running, ExperimentAction.Approve, Running),
        (Running, ExperimentAction.Withdraw, Running),
        (Running, ExperimentAction.Pause, Paused),
        (Running, ExperimentAction.End, Ended),
        (Running, ExperimentAction.Promote, Running),
        (Running, ExperimentAction.RollBack, Running),
        (Paused, ExperimentAction.Approve, Paused),
        (Paused, ExperimentAction.Withdraw, Paused),
        (Paused, ExperimentAction.Resume, Running),
        (Paused, ExperimentAction.End, Ended),
        (Ended, ExperimentAction.Archive, Archived),
    ];

    /// <summary>Null when the action is not possible in this state.</summary>
    public static ExperimentState? Next(ExperimentState from, ExperimentAction action)
    {
        foreach (var transition in s_transitions)
        {
            if (transition.From == from && transition.Action == action)
                return transition.To;
        }

        return null;
    }

    public static bool CanEdit(ExperimentState state) => state is Draft or Review or Running or Paused;

    /// <summary>Names of all that can be done now.</summary>
    public static IReadOnlyList<string> Possible(ExperimentRecord record)
    {
        var actions = s_transitions.Where(transition => transition.From == record.State && Applies(transition.Action, record)).Select(static transition => transition.Action.NameOf());
        return [.. CanEdit(record.State) ? ["edit", .. actions] : actions];
    }

    /// <summary>True when some sequence of actions leads there.</summary>
    public static bool CanReach(ExperimentState from, ExperimentState to)
    {
        HashSet<ExperimentState> reached = [from];
        while (s_transitions.Where(transition => reached.Contains(transition.From) && !reached.Contains(transition.To)).Select(static transition => transition.To).ToArray() is { Length: > 0 } further)
            reached.UnionWith(further);
        return reached.Contains(to);
    }

    /// <summary>While an experiment runs there is something to approve or withdraw only when an edit waits.</summary>
    private static bool Applies(ExperimentAction action, ExperimentRecord record) =>
        action is not (ExperimentAction.Approve or ExperimentAction.Withdraw) || record.State == Review || record.Lifecycle.Pending is not null;
}
